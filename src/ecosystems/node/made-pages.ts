import type { App } from './app.ts'
import type { Scan } from './found.ts'
import { isRun, siteMaker } from './frameworks.ts'
import type { Command } from './scripts.ts'

/** The folder of pages that the build makes beside a program of another folder, which gives them out: `dist` of Vite. */
export function madePages(
  app: App,
  { served, literals }: Scan,
  build: readonly Command[],
): readonly string[] {
  const made = siteMaker(app, build)
  if (made?.deployment.is !== 'files' || !isRun(made.framework, build)) return []
  const { out } = made.deployment
  const named = [...served, ...literals].some(path => path === out || path.startsWith(`${out}/`))
  return named && out !== '.' && !out.startsWith('..') && !app.project.dirs.has(out) ? [out] : []
}
