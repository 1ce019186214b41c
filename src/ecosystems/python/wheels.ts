import { lastPythonOf } from '../../knowledge/python-support.ts'
import type { Package } from './manifests/locks.ts'

/** glibc of the official images' Debian: https://packages.debian.org/libc6 */
const GLIBC: Readonly<Record<string, number>> = { trixie: 41, bookworm: 36, bullseye: 31, buster: 28 }
/**
 * Whether a wheel installs on Linux, on one machine type, for a Python line. File names are tags:
 * https://packaging.python.org/en/latest/specifications/platform-compatibility-tags/
 */
export function wheelFits(file: string, python: string, machine: string, suite: string): boolean {
  const [platform = '', abi = '', tag = ''] = file
    .replace(/\.whl$/, '')
    .split('-')
    .reverse()
  const [, minor = 0] = python.split('.').map(Number)
  return (
    platform.split('.').some(name => platformFits(name, machine, suite)) &&
    tag.split('.').some(name => tagFits(name, abi.split('.'), minor))
  )
}

function platformFits(name: string, machine: string, suite: string): boolean {
  if (name === 'any') return true
  if (!name.endsWith(machine)) return false
  const glibc = /^manylinux_2_(\d+)_/.exec(name)?.[1]
  return glibc ? Number(glibc) <= (GLIBC[suite] ?? 28) : /^(manylinux(1|2010|2014)_|linux_)/.test(name)
}

function tagFits(tag: string, abis: readonly string[], minor: number): boolean {
  const cpython = /^cp3(\d+)$/.exec(tag)?.[1]
  if (abis.includes('none'))
    return /^py3?$/.test(tag) || tag === 'py2.py3' || tag === `py3${minor}` || Number(cpython) === minor
  if (abis.includes('abi3')) return cpython !== undefined && Number(cpython) <= minor
  return cpython !== undefined && Number(cpython) === minor && abis.some(abi => /^cp3\d+m?$/.test(abi))
}

/** Why a package is no good for a Python line: nothing to install without a compiler, or a release too old for it. */
export type Misfit = 'no wheel' | 'too old'

export const MACHINES = ['x86_64', 'aarch64']

/** The packages that would have to be compiled, or are known not to work, on a Python line. */
export function unfit(
  packages: readonly Package[],
  python: string,
  suite: string,
  machines: readonly string[] = MACHINES,
): ReadonlyMap<string, Misfit> {
  return new Map(
    packages.flatMap((item): [string, Misfit][] => {
      const misfit = misfitOf(item, python, suite, machines)
      return misfit ? [[item.name, misfit]] : []
    }),
  )
}

function misfitOf(
  { name, version, wheels }: Package,
  python: string,
  suite: string,
  machines: readonly string[],
): Misfit | undefined {
  if (wheels) {
    // A package with wheels for other systems alone is one that this system never asks for.
    const here = wheels.filter(file => /-any\.whl$|linux/.test(file))
    if (wheels.length > 0 && here.length === 0) return undefined
    if (!machines.every(machine => here.some(file => wheelFits(file, python, machine, suite))))
      return 'no wheel'
  }
  const last = version && lastPythonOf(name, version)
  return last && compareLines(python, last) > 0 ? 'too old' : undefined
}

/** 3.9 before 3.10. */
export function compareLines(a: string, b: string): number {
  const [x, y] = [a.split('.').map(Number), b.split('.').map(Number)]
  return (x[0] ?? 0) - (y[0] ?? 0) || (x[1] ?? 0) - (y[1] ?? 0)
}
