import type { Bin } from './bins.ts'
import { FRAMEWORKS } from './frameworks.ts'
import type { CargoPackage } from './manifest.ts'
import type { Workspace } from './workspace.ts'

/** A program that a workspace can build. */
export interface Program {
  readonly package: CargoPackage
  readonly bin: Bin
}

/** A program, and how surely it is the one that the repository is for. */
export interface Ranked extends Program {
  readonly primary: boolean
}

/** Helpers of a build or a developer, by what people call them. */
const HELPER =
  /(^|[-_])(xtask|tasks?|codegen|gen|generator|bench(es|mark|marks)?|examples?|samples?|demo|fuzz|tests?|tester|testing|mock|migrations?|migrator|migrate|seed(er)?|tools?|utils?|scripts?|build|playground|wasm|openapi|lambda|healthcheck)([-_]|$)/i
const CLIENT = /(^|[-_])(cli|ctl|client|agent|tui|gui|desktop|app|frontend|web-?ui|plugin)([-_]|$)/i
const SERVER = /(^|[-_])(server|api|backend|service|web|daemon|gateway|app)([-_]|$)|[a-z]d$/i

/**
 * Every program, the most likely one first. Several are primary when nothing tells them apart.
 * `default-run` and `default-members` are the project's own word; then servers come before tools.
 */
export function rankPrograms(workspace: Workspace): readonly Ranked[] {
  const programs = workspace.packages.flatMap(own => own.bins.map(bin => ({ package: own, bin })))
  const scored = programs
    .map((program, index) => ({ program, score: score(program, workspace), index }))
    .sort((a, b) => b.score - a.score || a.index - b.index)
  const best = scored[0]?.score
  return scored.map(({ program, score }) => ({ ...program, primary: score === best }))
}

function score({ package: own, bin }: Program, { root, defaultMembers, packages }: Workspace): number {
  const named = own.defaultRun === bin.name
  const main = own.bins.length === 1 || bin.name === own.name || bin.path.endsWith('src/main.rs')
  const daemon = [`${own.name}d`, `${own.name}-server`, `${own.name}-daemon`].includes(bin.name)
  const several = packages.filter(({ bins }) => bins.length).length > 1
  return (
    (own.defaultRun === undefined ? (daemon ? 9 : main ? 8 : 0) : named ? 10 : 0) +
    (defaultMembers.includes(own.dir) ? 6 : 0) +
    (own === root ? 4 : 0) +
    (servesDirectly(own) ? 12 : 0) -
    (HELPER.test(bin.name) || HELPER.test(own.dir.split('/').at(-1) ?? '') ? 14 : 0) -
    (several && CLIENT.test(bin.name) && !SERVER.test(bin.name) ? 3 : 0) +
    // In a collection of many, a name tells nothing.
    (SERVER.test(bin.name) && packages.length <= 12 ? 1 : 0) -
    (bin.requiredFeatures.length &&
    !bin.requiredFeatures.every(feature => own.features.default?.includes(feature))
      ? 6
      : 0)
  )
}

/** hyper and tonic are in clients as often as in servers. */
const SERVERS = new Set(
  FRAMEWORKS.filter(({ crate }) => crate !== 'hyper' && crate !== 'tonic').map(({ crate }) => crate),
)

const servesDirectly = ({ dependencies }: CargoPackage): boolean =>
  dependencies.some(({ crate, build, optional }) => SERVERS.has(crate) && !build && !optional)
