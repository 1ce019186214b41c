import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { docker, mustDocker } from './docker.ts'

/** Everything that a container can be denied without being told. */
export const HARDENED = [
  '--read-only',
  '--tmpfs',
  '/tmp',
  '--cap-drop',
  'ALL',
  '--security-opt',
  'no-new-privileges',
] as const

export interface StartRequest {
  readonly tag: string
  readonly flags?: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  /** The port inside; it is published on a free one of 127.0.0.1. */
  readonly port?: number | undefined
}

export interface Container {
  readonly id: string
  /** `127.0.0.1:49153`, where a port was published. */
  readonly host: string | undefined
}

export async function startContainer({ tag, flags = [], env = {}, port }: StartRequest): Promise<Container> {
  const variables = Object.entries(env).flatMap(([name, value]) => ['-e', `${name}=${value}`])
  const publish = port === undefined ? [] : ['-p', `127.0.0.1::${port}`]
  const id = (await mustDocker(['run', '-d', ...flags, ...variables, ...publish, tag])).trim()
  const host =
    port === undefined ? undefined : (await docker(['port', id, String(port)])).out.split('\n')[0]?.trim()
  return { id, host }
}

export const isRunning = async ({ id }: Container): Promise<boolean> =>
  (await docker(['inspect', '-f', '{{.State.Running}}', id])).out.trim() === 'true'

export const logsOf = async ({ id }: Container): Promise<string> => {
  const { out, err } = await docker(['logs', id])
  return `${out}\n${err}`.trim()
}

/** Asks until the container answers, ends, or `seconds` are over. @returns the first answer below 500 */
export async function answerOf(
  container: Container,
  path: string,
  seconds = 40,
): Promise<{ status: number; body: string } | undefined> {
  const deadline = Date.now() + seconds * 1000
  while (Date.now() < deadline && (await isRunning(container))) {
    // `AbortSignal.timeout` alone doesn't keep a process running that waits for nothing else.
    const abort = new AbortController()
    const timer = setTimeout(() => abort.abort(), 3000)
    try {
      const response = await fetch(`http://${container.host}${path}`, {
        redirect: 'manual',
        signal: abort.signal,
      })
      const body = await response.text()
      if (response.status < 500) return { status: response.status, body }
    } catch (error) {
      // Not listening yet: a refused or broken connection is what waiting is for.
      if (!(error instanceof Error)) throw error
    } finally {
      clearTimeout(timer)
    }
    await sleep(200)
  }
  return undefined
}

/** The health state once it is settled: `healthy` or `unhealthy`; `starting` when it never was. */
export async function healthOf({ id }: Container, seconds = 60): Promise<string> {
  const deadline = Date.now() + seconds * 1000
  for (;;) {
    const state = (await docker(['inspect', '-f', '{{.State.Health.Status}}', id])).out.trim()
    if (state !== 'starting' || Date.now() > deadline) return state
    await sleep(300)
  }
}

/** The numeric user of the first process, as the kernel of this machine tells it (`docker top` needs a `ps` there). */
export async function uidOf({ id }: Container): Promise<number> {
  const pid = (await mustDocker(['inspect', '-f', '{{.State.Pid}}', id])).trim()
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  return Number(/^Uid:\s+(\d+)/m.exec(status)?.[1])
}

/** Stops it as `docker stop` does. @returns how long that took, in seconds, and the exit code */
export async function stopContainer({ id }: Container): Promise<{ seconds: number; code: number }> {
  const started = performance.now()
  await mustDocker(['stop', '-t', '10', id])
  const seconds = (performance.now() - started) / 1000
  return { seconds, code: Number((await docker(['inspect', '-f', '{{.State.ExitCode}}', id])).out.trim()) }
}

export const removeContainer = async ({ id }: Container): Promise<void> =>
  void (await docker(['rm', '-f', '-v', id]))
