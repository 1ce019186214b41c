import { execFileSync } from 'node:child_process'

/** Tests of the command run what ships: the bundle is made once, before them all. */
export default function setup(): void {
  execFileSync('npm', ['run', '--silent', 'build'], { stdio: ['ignore', 'ignore', 'inherit'] })
}
