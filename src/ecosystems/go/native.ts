import { byConvention, type Fact, fact, fromFile } from '../../facts.ts'
import { C_LIBRARIES, NATIVE_GO, type NativeModule } from '../../knowledge/native-go.ts'
import { isOf } from './frameworks.ts'
import type { Linked, Packages } from './packages.ts'

/** What a program needs beside the Go compiler. */
export interface Native {
  readonly cgo: Fact<boolean>
  /** `static`: links into a program that needs no library. `libc`: glibc alone. `cxx`: its C++ library too. `libraries`: Debian packages. */
  readonly links: 'nothing' | 'static' | 'libc' | 'cxx' | 'libraries'
  readonly build: readonly string[]
  readonly run: readonly string[]
  /** Build tags that the way of linking wants. */
  readonly tags: readonly string[]
  /** C libraries that the source names and no package is known for. */
  readonly unknown: readonly string[]
}

/** By what is really imported: a module that go.mod lists for a tool of a dependency is no reason for a C compiler. */
export function nativeOf(packages: Packages, linked: Linked): Native {
  const modules = NATIVE_GO.flatMap(row => {
    const path = [...linked.imports.keys()].find(imported => isOf(imported, row.module))
    return path ? [{ row, path, file: linked.imports.get(path) ?? '' }] : []
  })
  const own = linked.files.filter(file => packages.header(file).imports.some(({ path }) => path === 'C'))
  const [module] = modules
  const [source] = own
  if (!module && source === undefined)
    return {
      cgo: byConvention(false, 'nothing that is imported needs C'),
      links: 'nothing',
      build: [],
      run: [],
      tags: [],
      unknown: [],
    }
  const c = own.flatMap(file => cLibraries(packages.project.text(file) ?? ''))
  const libraries = c.flatMap(name => C_LIBRARIES[name] ?? [])
  const rows = modules.map(({ row }) => row)
  return {
    cgo: fact(
      true,
      module ? fromFile(module.file, `imports ${module.path}`) : fromFile(source ?? '', 'imports C'),
    ),
    links: linksOf(rows, own.length > 0, c.length > 0),
    build: unique([...rows.flatMap(row => row.build ?? []), ...libraries.flatMap(library => library.build)]),
    run: unique([...rows.flatMap(row => row.run ?? []), ...libraries.flatMap(library => library.run)]),
    tags: unique(rows.flatMap(row => row.staticTags ?? [])),
    unknown: c.filter(name => !(name in C_LIBRARIES)),
  }
}

function linksOf(rows: readonly NativeModule[], own: boolean, named: boolean): Native['links'] {
  if (named || rows.some(({ links }) => links === 'libraries')) return 'libraries'
  if (rows.some(({ links }) => links === 'cxx')) return 'cxx'
  return !own && rows.every(row => row.static) ? 'static' : 'libc'
}

/** Parts of glibc and of the compiler. */
const OF_LIBC = new Set(['m', 'c', 'pthread', 'dl', 'rt', 'gcc', 'stdc++', 'util', 'resolv'])

/** `#cgo LDFLAGS: -lpcap`, `#cgo pkg-config: libpq`: https://pkg.go.dev/cmd/cgo */
function cLibraries(text: string): string[] {
  const names: string[] = []
  for (const [, condition = '', kind, value = ''] of text.matchAll(
    /^[ \t*/]*#cgo\s+((?:[\w!,]+\s+)*)(LDFLAGS|pkg-config)\s*:\s*(.+)$/gm,
  )) {
    if (/windows|darwin|freebsd/.test(condition)) continue
    if (kind === 'pkg-config') names.push(...value.trim().split(/\s+/))
    else names.push(...[...value.matchAll(/(?:^|\s)-l(\S+)/g)].map(match => match[1] ?? ''))
  }
  return unique(names.filter(name => name && !OF_LIBC.has(name)))
}

const unique = (list: readonly string[]): string[] => [...new Set(list)]
