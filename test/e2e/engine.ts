import { execFileSync } from 'node:child_process'
import { hasDocker } from '../../src/verify/docker.ts'

/** Fails early where there is no engine, and says how to leave the real builds out. */
export default async function setup(): Promise<void> {
  execFileSync('npm', ['run', '--silent', 'build'], { stdio: ['ignore', 'ignore', 'inherit'] })
  if (!(await hasDocker())) throw new Error('no Docker engine answers: start one, or run `npm test` alone')
}
