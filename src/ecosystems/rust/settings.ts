import type { Project } from '../../project/project.ts'
import type { RuntimeFile } from './files.ts'
import { type Evidence, fromKey } from './listen.ts'
import { join } from './toml.ts'

const PARSED = /\.(toml|ya?ml|json)$/
/** Of a folder of settings, the files that hold in production. */
const MAIN = /(^|\/)(default|base|config|settings|production|release|app|server)\.(toml|ya?ml|json)$/

/** Ports and addresses in the settings files that the program reads, and in the example of its environment. */
export function settingsOf(
  project: Project,
  files: readonly RuntimeFile[],
  dir: string,
): readonly Evidence[] {
  const paths = files.flatMap(({ from }) =>
    project.has(from) ? [from] : project.files.filter(file => file.startsWith(`${from}/`) && MAIN.test(file)),
  )
  const parsed = paths.filter(path => PARSED.test(path) && path.split('/').length < 6).slice(0, 5)
  return [
    ...parsed.flatMap(path =>
      keys(project.parse(path), 3).flatMap(([key, value]) => fromKey({ path }, key, value)),
    ),
    ...example(project, dir),
  ]
}

/** Every key with a plain value, down to a depth. */
function keys(value: unknown, depth: number): [string, unknown][] {
  if (value === null || typeof value !== 'object' || depth === 0) return []
  return Object.entries(value).flatMap(([key, member]): [string, unknown][] =>
    member !== null && typeof member === 'object' ? keys(member, depth - 1) : [[key, member]],
  )
}

/** `.env.example`: what people are told to set. */
function example(project: Project, dir: string): Evidence[] {
  const path = ['.env.example', '.env.sample', '.env.template', '.env.TEMPLATE', '.env.dist']
    .map(name => join(dir, name))
    .find(name => project.has(name))
  if (path === undefined) return []
  return (project.text(path) ?? '').split('\n').flatMap((line, index) => {
    const [, key, value] = /^\s*(?:export\s+)?([A-Z_]+)\s*=\s*["']?([^"'\s#]*)/.exec(line) ?? []
    return key ? fromKey({ path, line: index + 1 }, key, value).filter(({ port }) => port !== undefined) : []
  })
}
