import { execa } from 'execa'
import { UserError } from '../errors.ts'

/** What a docker command printed and how it ended. */
export interface Outcome {
  readonly code: number
  readonly out: string
  readonly err: string
}

/** Runs `docker …` and waits; a failure is an outcome, not an exception. `seconds` bounds it. */
export async function docker(args: readonly string[], seconds = 60): Promise<Outcome> {
  const { exitCode, stdout, stderr, timedOut } = await execa('docker', args, {
    reject: false,
    stdin: 'ignore',
    timeout: seconds * 1000,
    killSignal: 'SIGKILL',
    maxBuffer: 2 ** 28,
  })
  return { code: timedOut ? 124 : (exitCode ?? 127), out: stdout, err: stderr }
}

/** Like `docker`, for commands that must succeed. @throws UserError DOCKER_FAILED */
export async function mustDocker(args: readonly string[], seconds?: number): Promise<string> {
  const { code, out, err } = await docker(args, seconds)
  if (code !== 0)
    throw new UserError('DOCKER_FAILED', `docker ${args[0]} ended with ${code}: ${lastLines(err || out)}`)
  return out
}

/** Whether an engine answers. */
export const hasDocker = async (): Promise<boolean> =>
  (await docker(['version', '--format', '{{.Server.Version}}'], 20)).code === 0

export const lastLines = (text: string, count = 15): string =>
  text.trim().split('\n').slice(-count).join('\n')
