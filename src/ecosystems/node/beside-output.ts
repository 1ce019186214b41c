import type { Project } from '../../project/project.ts'
import type { App } from './app.ts'
import type { Scan } from './found.ts'
import { readManifest } from './manifest.ts'
import { join } from './paths.ts'
import { scan } from './scan.ts'
import { commandsOf } from './scripts.ts'

/** Where a framework's server code lies. */
const SERVER = /^(src|app|pages|server|lib)\/.*\.[cm]?[jt]s$/
const ASIDE = /(^|\/)(tests?|__tests__|__mocks__|e2e)\/|\.(test|spec|d)\.[cm]?[jt]s$/
const OF_FILES = /['"](node:)?fs(\/promises)?['"]|['"]fs-extra['"]/
/** What a build takes along, or only it reads. */
const BUILT = /^(src|app|server|lib|public|static|build|dist|tests?|docs?|scripts|node_modules|\..*)$/
const MAX_FILES = 24

/** What a framework's server does in the folder that it is started in, of which its build knows nothing. */
export interface BesideOutput {
  /** Folders that it reads: `readFile('templates/invite.html')`. */
  readonly folders: readonly string[]
  readonly writes: boolean
}

export function besideOutput(project: Project): BesideOutput {
  // What a person runs, `tsx lib/db/setup.ts`, is no part of the server.
  const scripts = Object.values(readManifest(project)?.scripts ?? {})
  const users = project.files
    .filter(path => SERVER.test(path) && !ASIDE.test(path) && OF_FILES.test(project.text(path) ?? ''))
    .filter(path => !scripts.some(script => script.includes(path)))
    .slice(0, MAX_FILES)
  const looks = users.map(path => scan(project, [path], [], 1))
  const tops = looks.flatMap(({ literals }) =>
    [...literals]
      .filter(path => project.has(path) || project.dirs.has(path))
      .map(path => path.split('/')[0] ?? ''),
  )
  return {
    folders: [...new Set(tops)].filter(name => project.dirs.has(name) && !BUILT.test(name)),
    writes: looks.some(({ writes }) => writes),
  }
}

const STARTS = /['"](node:)?child_process['"]|['"]execa['"]/
/** What a person runs, or a build. */
const BY_HAND = /(^|\/)(scripts?|tools?|bin|cli|commands?|migrations?|seeds?)\//

/** Other programs that a framework's server starts: no entry leads to its code, which its build packs. */
export function startedBeside({ project, manifest }: App): Pick<Scan, 'spawns' | 'programs'> {
  // `tsx lib/db/setup.ts` of a script is run by hand, wherever it lies.
  const scripted = new Set(
    Object.values(manifest.scripts)
      .flatMap(commandsOf)
      .flatMap(({ words }) => words.map(word => join(word))),
  )
  const looks = project.files
    .filter(
      path =>
        SERVER.test(path) &&
        !ASIDE.test(path) &&
        !BY_HAND.test(path) &&
        !scripted.has(path) &&
        STARTS.test(project.text(path) ?? ''),
    )
    .slice(0, MAX_FILES)
    .map(path => scan(project, [path], [], 1))
  return {
    spawns: looks.some(({ spawns }) => spawns),
    programs: new Map(looks.flatMap(({ programs }) => [...programs])),
  }
}
