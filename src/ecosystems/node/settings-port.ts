import type { Project } from '../../project/project.ts'
import { statedPort } from './config-package.ts'
import type { Listener } from './found.ts'
import { FOREIGN } from './listeners.ts'
import { scan } from './scan.ts'

/** Files of settings, which a program may load by a name that it puts together: `require('./env/' + mode)`. */
const SETTINGS = /^(src\/|server\/|app\/)?(config|configs|configuration|settings)(\/[\w-]+){0,2}\.[cm]?[jt]s$/
/** The same as data: `config/service.yml`. */
const DATA =
  /^(src\/|server\/|app\/)?(config|configs|configuration|settings)(\/[\w-]+){0,2}\.(json|ya?ml|toml)$|^((default|server|app)[-_.])?(config|settings)([-_.](default|example|sample))?\.(json|ya?ml|toml)$/
const ASIDE = /(^|[/.-])(test|tests|spec|development|dev|local|webpack|rollup|vite|jest)([/.-])/
/** Settings of what the program talks to. */
const OTHERS = /(^|[/.-])(database|db|mongo(db)?|mysql|postgres(ql)?|redis|queue|mail(er)?|smtp)([/.-])/
const MAX_FILES = 40

/**
 * The port in the settings of a server whose own code doesn't say it: only where they all say the same.
 * @param env the variable that the code reads
 */
export function settledPort(project: Project, env?: string): Listener<number> | undefined {
  const found = project.files
    .filter(path => SETTINGS.test(path) && !ASIDE.test(path) && !OTHERS.test(path))
    .slice(0, MAX_FILES)
    .flatMap(path => scan(project, [path], [], 1).port ?? [])
    .filter(({ value, open }) => value !== undefined && !open)
  const known = found.length ? found : inData(project)
  const [first] = known
  return first && known.every(item => item.value === first.value && item.env === first.env)
    ? { ...first, ...(env !== undefined && first.env === undefined && { env }) }
    : undefined
}

/** What is for production counts, or else what is there. */
function inData(project: Project): readonly Listener<number>[] {
  const all = project.files.filter(path => DATA.test(path) && !OTHERS.test(path)).slice(0, MAX_FILES)
  const own = all.filter(path => !ASIDE.test(path))
  const found = (paths: readonly string[]) => paths.flatMap(path => stated(project, path) ?? [])
  const ports = found(own)
  return ports.length ? ports : found(all)
}

/** A file that is broken says nothing here. */
function stated(project: Project, path: string): Listener<number> | undefined {
  try {
    const port = Number(statedPort(project, path)?.value)
    return Number.isInteger(port) && port > 0 && !FOREIGN.has(port) ? { value: port, path } : undefined
  } catch {
    return undefined
  }
}
