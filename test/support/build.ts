import { execFileSync } from 'node:child_process'

/** Tests of the command run what ships: the bundle is made once, before them all. */
export default function setup(): void {
  execFileSync(process.execPath, ['--import', 'tsx', 'scripts/build.ts'], {
    stdio: ['ignore', 'ignore', 'inherit'],
  })
}
