import type { Fit } from '../ecosystem.ts'
import type { Tags } from './constraint.ts'
import { inside, type Module } from './modules.ts'
import type { Packages } from './packages.ts'
import { declaresMain } from './source.ts'

/** A `main` package. */
export interface Main {
  readonly module: Module
  /** Its folder from the root of the project. */
  readonly dir: string
  /** Its folder from the module's. */
  readonly path: string
  /** What `go build` names the program: the last part of the folder, or of the module's path. */
  readonly name: string
}

const NO_TAGS: Tags = { cgo: true, own: [] }

/** Folders whose file says `package main`, is built for Linux, and has a `func main`. */
export function findMains(packages: Packages): readonly Main[] {
  return packages.dirs.flatMap(dir => {
    const files = packages.files(dir, NO_TAGS).filter(file => packages.header(file).name === 'main')
    if (!files.some(file => declaresMain(packages.unit(file)))) return []
    const module = packages.moduleOf(dir)
    const path = module && inside(module.dir, dir)
    if (!module || path === undefined) return []
    return [{ module, dir, path, name: programName(module, path) }]
  })
}

function programName(module: Module, path: string): string {
  // `cmd/main.go` and `src/main.go` are named after what they are part of.
  const source = /^(\.|cmd|src|main)$/.test(path) ? module.path || module.dir : path
  const parts = source.split('/').filter(part => part !== '.' && !/^v\d+$/.test(part))
  const name = parts.at(-1)?.replace(/\.v\d+$/, '') ?? ''
  return /^[A-Za-z0-9][\w.-]*$/.test(name) ? name : 'app'
}

/** Folders that hold examples, tests and tools of the developers. */
const ASIDE =
  /(^|\/)(_[^/]*|\.[^/]+|examples?|samples?|demos?|hack|tools?|scripts?|tests?|testing|testutils?|testdata|fixtures|e2e|integration|bench(mark)?s?|contrib|docs?|documentation|third_party|mocks?|gen|generate|generators?|codegen|ci|build|magefiles|playground|tutorials?)(\/|$)/i
/** Programs that help beside the one that serves. */
const HELPER =
  /^(.*[-_])?(migrat(e|ions?|or)|db|seed(er|s)?|cli|ctl|client|admin|gen|generate|generator|codegen|docs?|bench(mark)?|load-?test(er)?|test|tests|tools?|debug|health-?check|probe|example|demo|mock|dev|lint|fmt|playground|init|setup|backup|import(er)?|export(er)?|console|dump|fake|e2e)$|ctl$|^(gen|make|mk)[-_]?(docs?|man|swagger)/i
const SERVER =
  /^(.*[-_])?(server|api|web|webapp|app|main|http|https|serve|backend|service|svc|site|website|www|daemon|rest|apiserver|webserver|gateway|bot)$/i

/** How well a main package's place says that it is the program of its module; lower is better, the same is a tie. */
function rank({ module, path, name }: Main): number {
  if (path === '.') return 0
  const repository = module.path.split('/').filter(part => !/^v\d+$/.test(part))
  const names = new Set([repository.at(-1), repository[2]].map(part => part?.toLowerCase()))
  const plain = name.toLowerCase()
  if (names.has(plain)) return 1
  if (HELPER.test(name)) return 4
  return SERVER.test(name) ||
    [...names].some(base => base && (plain === `${base}d` || plain === `${base}-server`))
    ? 2
    : 3
}

/**
 * Says of each main package how surely it is what the repository is for. Several that stand on one level are all
 * `exact`: a choice for a person, not for the alphabet.
 * @param serves whether a program answers on the network
 */
export function judge(mains: readonly Main[], serves: (main: Main) => boolean): ReadonlyMap<Main, Fit> {
  const fits = new Map<Main, Fit>()
  const byModule = new Map<Module, Main[]>()
  for (const main of mains) {
    const aside = ASIDE.test(main.path) || ASIDE.test(main.module.dir)
    fits.set(main, aside ? 'incidental' : 'likely')
    if (!aside) byModule.set(main.module, [...(byModule.get(main.module) ?? []), main])
  }
  const best = [...byModule.values()].flatMap(group => {
    const top = Math.min(...group.map(rank))
    const ties = group.filter(main => rank(main) === top)
    // One that serves among tools that don't is the app, wherever its name ranks.
    const serving = ties.length > 1 ? ties.filter(serves) : []
    return serving.length ? serving : ties
  })
  const atTop = best.filter(main => main.module.dir === '.')
  for (const main of atTop.length ? atTop : best) fits.set(main, 'exact')
  // Only asides: they are all that is here.
  return fits
}
