import type { Project } from '../../project/project.ts'
import type { App } from './app.ts'
import { defaultExport, exportsByDefault } from './exported.ts'
import type { Scan } from './found.ts'
import { libraries } from './frameworks.ts'
import { scan } from './scan.ts'
import type { Runnable } from './start.ts'
import { parseModule } from './syntax.ts'
import { unwrap } from './value.ts'

/**
 * What Bun serves of itself: a program whose entry exports an object with `fetch` by default.
 * https://bun.com/docs/runtime/http/server#export-default-syntax
 */
export function bunServer(
  project: Project,
  runs: Runnable,
  found: Scan,
): Pick<Scan, 'listens' | 'always' | 'port'> | undefined {
  const module = runs.is === 'bun' && !found.listens ? parseModule(project, runs.entry) : undefined
  const options = module && defaultExport(module)
  if (!module || options === null || typeof options !== 'object' || !('fetch' in options)) return undefined
  const { value, env } = unwrap((options as Record<string, unknown>).port)
  const own = { ...(env && { env }), path: module.path }
  // The variable's default may stand in another file, among the settings.
  const port =
    typeof value === 'number' ? { ...own, value } : env && env !== found.port?.env ? own : found.port
  return { listens: true, always: true, port }
}

/** Whether Bun serves a program: it listens itself, or exports what a framework of servers has made of it. */
export function isServedByBun(app: App, runs: Runnable): boolean {
  if (runs.is !== 'bun') return false
  const found = scan(app.project, [runs.entry], app.tsconfig?.aliases)
  const module = parseModule(app.project, runs.entry)
  return (
    found.always ||
    bunServer(app.project, runs, found) !== undefined ||
    (module !== undefined && libraries(app)[0]?.tier === 'server' && exportsByDefault(module))
  )
}
