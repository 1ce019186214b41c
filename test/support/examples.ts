import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('../../examples/', import.meta.url))

/** How an example is generated and what its container answers: examples/<name>.json. */
export interface Example {
  readonly name: string
  /** Its folder on disk. */
  readonly dir: string
  /** Flags of the command beyond --yes. */
  readonly flags?: readonly string[]
  /** What is asked of the running container; without it the program must end well or keep running. */
  readonly probe?: { readonly path: string; readonly status: number; readonly body?: string }
  /** Environment variables that the container is started with. */
  readonly env?: Readonly<Record<string, string>>
  /** What the program prints, for one without a port. */
  readonly output?: string
  /** The source file whose edit must reuse the dependency layer, and a text that the edit adds. */
  readonly edit: { readonly file: string; readonly append: string }
  /** Development dependencies, as paths that must not be in the image. */
  readonly absent?: readonly string[]
}

export const examples: readonly Example[] = readdirSync(ROOT)
  .filter(file => file.endsWith('.json'))
  .sort()
  .map(file => {
    const name = file.slice(0, -'.json'.length)
    return {
      ...(JSON.parse(readFileSync(ROOT + file, 'utf8')) as Omit<Example, 'name' | 'dir'>),
      name,
      dir: ROOT + name,
    }
  })
