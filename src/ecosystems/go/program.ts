import { SourceIndex } from './index-source.ts'
import type { Main } from './mains.ts'
import { parent } from './modules.ts'
import type { Linked, Packages } from './packages.ts'
import { Resolver } from './resolve.ts'
import { TELLING, type Unit } from './source.ts'

/** What is looked into at most, nearest to the main package first: parsing is what takes time in a large repository. */
const MAX_FILES = 80
const MAX_BYTES = 600_000
const MAX_FILE = 150_000

const GENERATED =
  /(\.pb|\.pb\.gw|_gen|_generated|\.gen|_string|bindata|_vfsdata|zz_[^/]*|mock_[^/]*|_mock)\.go$/

/** Parses what is worth parsing of a program, in the order of its packages. */
export function readProgram(
  packages: Packages,
  main: Main,
  linked: Linked,
): { index: SourceIndex; resolver: Resolver } {
  const units: Unit[] = []
  let bytes = 0
  for (const file of linked.files) {
    const text = packages.project.text(file) ?? ''
    const embeds = packages.header(file).imports.some(({ path }) => path === 'embed')
    const wanted = parent(file) === main.dir || (TELLING.test(text) && !GENERATED.test(file))
    // A folder that is embedded must be known, wherever it is named.
    const room = units.length < MAX_FILES && bytes + text.length <= MAX_BYTES
    if (text.length > MAX_FILE || !(embeds || (wanted && room))) continue
    bytes += text.length
    units.push(packages.unit(file))
  }
  const index = new SourceIndex(units)
  return { index, resolver: new Resolver(index, packages, main.module) }
}
