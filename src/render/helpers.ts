import { UserError } from '../errors.ts'
import type { Mount } from '../plan/plan.ts'
import { contextPath, safe } from '../plan/words.ts'

interface BlockOptions {
  readonly fn: (context: unknown) => string
  readonly hash: Readonly<Record<string, unknown>>
}

/** The helpers that templates may call, beside `if` and `each`. Quoting lives here, never in a template. */
export const HELPERS = { run, json, list, copy }

/**
 * A RUN instruction. Its body is a plain script, one command a line, that stops at the first failure.
 * `{{#run mounts=caches}}` adds the mounts, one a line.
 */
function run(this: unknown, options: BlockOptions): string {
  const mounts = ((options.hash.mounts ?? []) as readonly Mount[]).map(mount)
  const script = options
    .fn(this)
    .split('\n')
    .map(line => line.trim())
    .filter(Boolean)
  const commands = script.map((line, index) => (index === 0 ? line : `&& ${line}`))
  return `RUN ${[...mounts, ...commands].join(' \\\n    ')}\n`
}

/** https://docs.docker.com/reference/dockerfile/#run---mount */
function mount(mount: Mount): string {
  const options: [string, string | undefined][] =
    mount.type === 'cache'
      ? [
          ['id', mount.id],
          ['target', mount.target],
          ['sharing', mount.sharing],
        ]
      : mount.type === 'secret'
        ? [
            ['id', mount.id],
            ['target', mount.target],
            ['env', mount.env],
          ]
        : mount.type === 'bind'
          ? [
              ['from', mount.from],
              ['source', mount.source],
              ['target', mount.target],
            ]
          : []
  const text = options.flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}=${option(name, value)}`],
  )
  return `--mount=${[`type=${mount.type}`, ...text, ...('rw' in mount && mount.rw ? ['rw'] : [])].join(',')}`
}

function option(name: string, value: string): string {
  const path =
    name === 'source' && !value.startsWith('/') ? contextPath(value) : safe(value, `a mount's ${name}`)
  if (/[\s,"'\\$]/.test(path))
    throw new UserError(
      'UNSAFE_PATH',
      `${JSON.stringify(path)} cannot be named in a mount`,
      'Rename the file or folder',
    )
  return path
}

/** The exec form, and any other JSON: what no shell reads. */
function json(value: unknown): string {
  return value === undefined
    ? '[]'
    : `[${(value as readonly unknown[]).map(item => JSON.stringify(item)).join(', ')}]`
}

/** Words of an instruction or command that are known to be plain, one space between. */
function list(words: readonly string[]): string {
  return words.join(' ')
}

/** The sources of a COPY from the build context: plain words, or the JSON form's members where one has a space. */
function copy(sources: readonly string[], target: string): string {
  const paths = sources.map(contextPath)
  return [...paths, target].some(path => /\s/.test(path))
    ? json([...paths, target])
    : [...paths, target].join(' ')
}
