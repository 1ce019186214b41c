import {
  GEODJANGO,
  NATIVE_PACKAGES,
  type NativePackage,
  NEEDS_SYSTEM,
} from '../../knowledge/native-python.ts'
import { PROGRAMS } from '../../knowledge/programs.ts'
import { calleeOf, type Expr, textOf } from './code/expressions.ts'
import type { Module } from './code/module.ts'
import type { Sources } from './code/sources.ts'
import type { Django } from './django.ts'
import type { SystemPackages } from './facts.ts'
import type { Install } from './install.ts'
import type { Package } from './manifests/locks.ts'
import { type Misfit, unfit } from './wheels.ts'

export interface Native {
  readonly build: SystemPackages
  readonly runtime: SystemPackages
}

/** The system packages that the dependencies and the sources need for one Python line. */
export function nativeFor(
  install: Install,
  python: string,
  suite: string,
  calls: ProgramCalls,
  django: Django | undefined,
): Native {
  const compiled = unfit(install.packages, python, suite, ['x86_64'])
  const direct = new Set(install.direct.map(({ name }) => name))
  const bundled = bundlesLibpq(install)
  const build = collector(suite)
  const runtime = collector(suite)
  for (const item of install.packages) {
    const row = NATIVE_PACKAGES.find(({ names }) => names.includes(item.name))
    if (row && !(item.name === 'psycopg' && bundled) && applies(row, item, compiled, direct)) {
      build.add(item.name, row.build, row)
      runtime.add(item.name, row.runtime, row)
    } else if (!row && compiled.get(item.name) === 'no wheel' && item.wheels?.length)
      build.add(item.name, ['g++', 'libc6-dev'])
  }
  for (const [program, file] of calls.programs) runtime.add(file, [PROGRAMS[program] ?? ''])
  if (usesGis(django)) runtime.add("Django's gis", GEODJANGO)
  return { build: build.result(), runtime: runtime.result() }
}

function applies(
  row: NativePackage,
  item: Package,
  compiled: ReadonlyMap<string, Misfit>,
  direct: ReadonlySet<string>,
): boolean {
  if (row.program) return direct.has(item.name)
  if (row.wheel === 'needless') return true
  if (row.wheel === 'never') return item.wheels === undefined || compiled.has(item.name)
  return compiled.has(item.name) || (row.names.includes('pyodbc') && item.name === 'pyodbc')
}

/** psycopg[binary] carries its own libpq; a requirements file names the extra, a lock the package. */
const bundlesLibpq = ({ packages, direct }: Install): boolean =>
  packages.some(({ name }) => name === 'psycopg-binary') ||
  direct.some(({ name, extras }) => name === 'psycopg' && extras.includes('binary'))

function collector(suite: string) {
  const packages = new Set<string>()
  const owners = new Set<string>()
  return {
    add(owner: string, names: readonly string[], row?: NativePackage): void {
      for (const name of names)
        if (name) packages.add(suite === 'trixie' ? name : (row?.older?.[name] ?? name))
      if (names.length) owners.add(owner)
    },
    result: (): SystemPackages => ({ packages: [...packages].sort(), owners: [...owners] }),
  }
}

const usesGis = (django: Django | undefined): boolean =>
  django?.modules.some(({ assigns }) =>
    assigns.some(({ name, value }) => /APPS$|ENGINE/.test(name) && holds(value, 'django.contrib.gis')),
  ) ?? false

function holds(value: Expr, text: string): boolean {
  if (value.is === 'text') return value.value.startsWith(text)
  if (value.is === 'list') return value.items.some(item => holds(item, text))
  return value.is === 'binary' && (holds(value.left, text) || holds(value.right, text))
}

/** Other programs that the sources start. */
export interface ProgramCalls {
  /** The first place where one is started, or a library is looked up by its name. */
  readonly file?: string | undefined
  /** Known programs, with the file that calls them. */
  readonly programs: readonly (readonly [program: string, file: string])[]
}

const STARTS =
  /^(subprocess\.\w+|os\.(system|popen|spawn\w*|exec\w*)|asyncio\.(subprocess\.)?create_subprocess_\w+|shutil\.which|ctypes\.util\.find_library|pexpect\.\w+|sh\.\w+)$/

export function programCalls(sources: Sources): ProgramCalls {
  const modules = sources.mentioning(
    /subprocess|os\.(system|popen|spawn|exec)|shutil\.which|find_library|pexpect|import sh\b/,
  )
  const calls = modules.flatMap(module =>
    module.calls.filter(call => STARTS.test(calleeOf(call))).map(call => ({ module, call })),
  )
  const programs = new Map<string, string>()
  for (const { module, call } of calls) {
    const program = programOf(call.args[0], module)
    if (program && Object.hasOwn(PROGRAMS, program)) programs.set(program, module.path)
  }
  return { file: calls[0]?.module.path, programs: [...programs] }
}

function programOf(argument: Expr | undefined, module: Module): string | undefined {
  const value =
    argument?.is === 'name' ? module.assigns.find(({ name }) => name === argument.path)?.value : argument
  const first = value?.is === 'list' ? value.items[0] : value
  return textOf(first)?.trim().split(/\s/, 1)[0]
}

/** A package among the dependencies that wants more than the distroless image has. */
export const wantsSystem = (install: Install): string | undefined =>
  install.packages.find(({ name }) => NEEDS_SYSTEM.has(name))?.name
