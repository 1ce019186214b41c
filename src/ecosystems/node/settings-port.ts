import type { Project } from '../../project/project.ts'
import type { Listener } from './listeners.ts'
import { scan } from './scan.ts'

/** Files of settings, which a program may load by a name that it puts together: `require('./env/' + mode)`. */
const SETTINGS = /^(src\/|server\/|app\/)?(config|configs|configuration|settings)(\/[\w-]+){0,2}\.[cm]?[jt]s$/
const ASIDE = /(^|[/.-])(test|tests|spec|development|dev|local|webpack|rollup|vite|jest)([/.-])/
const MAX_FILES = 40

/** The port in the settings of a server whose own code doesn't say it: only where they all say the same. */
export function settledPort(project: Project): Listener<number> | undefined {
  const found = project.files
    .filter(path => SETTINGS.test(path) && !ASIDE.test(path))
    .slice(0, MAX_FILES)
    .flatMap(path => scan(project, [path], [], 1).port ?? [])
    .filter(({ value, open }) => value !== undefined && !open)
  const [first] = found
  return first && found.every(({ value, env }) => value === first.value && env === first.env)
    ? first
    : undefined
}
