import type { App } from './app.ts'
import type { Scan } from './found.ts'
import { isRun, siteMaker } from './frameworks.ts'
import type { Command } from './scripts.ts'

/** Up to release 2 Payload builds its admin panel here: https://github.com/payloadcms/payload/blob/2.x/docs/admin/overview.mdx */
const PANEL = 'build'

/** The folder of pages that the build makes beside a program of another folder, which gives them out: `dist` of Vite. */
export function madePages(
  app: App,
  { served, literals }: Scan,
  build: readonly Command[],
): readonly string[] {
  const panel = build.some(({ words }) => words[0] === 'payload' && words[1] === 'build') ? [PANEL] : []
  const made = siteMaker(app, build)
  if (made?.deployment.is !== 'files' || !isRun(made.framework, build)) return panel
  const { out } = made.deployment
  const named = [...served, ...literals].some(path => path === out || path.startsWith(`${out}/`))
  return named && out !== '.' && !out.startsWith('..') && !app.project.dirs.has(out) ? [...panel, out] : panel
}
