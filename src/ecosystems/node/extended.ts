import type { Project } from '../../project/project.ts'
import type { Class } from './classify.ts'
import { table, text } from './manifest.ts'
import { join, joinOutward } from './paths.ts'

const MAX_DEPTH = 5

/**
 * The configurations beside members that theirs extend: what runs TypeScript as it is finds a name like `@app/log` by
 * the paths in them.
 * @param dirs the folders of the app and of the members that it runs with
 */
export function extendedConfigs(
  project: Project,
  { runs, start }: Class,
  dirs: readonly string[],
): readonly string[] {
  const started = runs ?? start?.runs
  if (!started || started.is === 'bin' || !/\.[cm]?tsx?$/.test(started.entry)) return []
  const found = new Set<string>()
  const follow = (path: string, depth: number): void => {
    if (depth > MAX_DEPTH || found.has(path) || !project.has(path)) return
    found.add(path)
    for (const target of [table(project.parse(path)).extends].flat().map(text)) {
      if (!target?.startsWith('.')) continue
      const file = joinOutward(path.split('/').slice(0, -1).join('/'), target)
      follow(file.endsWith('.json') ? file : `${file}.json`, depth + 1)
    }
  }
  for (const dir of dirs) follow(join(dir, 'tsconfig.json'), 0)
  return [...found].filter(path => !dirs.some(dir => path.startsWith(`${dir}/`)))
}
