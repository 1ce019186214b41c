import { parse as parseJsonc } from 'jsonc-parser'
import { parse as parseToml, stringify as stringifyToml } from 'smol-toml'
import { parse as parseYaml, stringify as stringifyYaml } from 'yaml'
import { formatOf } from '../../../src/project/parse.ts'

/** A project's files by path. */
export type Files = Readonly<Record<string, string>>

/** One place of a project that a payload can be put into. */
export interface Spot {
  /** `package.json scripts.start` */
  readonly name: string
  /** The project with `change` made to the text at this place. */
  put(change: (old: string) => string): Files
}

/** More places than these in one file are more of the same. */
const MOST_IN_MANIFEST = 40
const MOST_ELSEWHERE = 8
/** Files whose names are changed, of those at hand. */
const MOST_NAMES = 16

/** Every place of a project where a text of its own stands: manifests' values and keys, lines, literals, file names. */
export function spotsOf(files: Files): readonly Spot[] {
  const paths = Object.keys(files)
  const inside = Object.entries(files).flatMap(([path, text]) => {
    if (isSource(path)) return spread(literals(path, text, files), MOST_ELSEWHERE)
    const all = structured(path, text, files) ?? lines(path, text, files)
    return spread(all, /lock|\.sum$/.test(path) ? MOST_ELSEWHERE : MOST_IN_MANIFEST)
  })
  return [
    ...inside,
    ...spread(
      paths.flatMap(path => names(path, files)),
      MOST_NAMES,
    ),
  ]
}

/** At most `count` of a list, from all over it. */
function spread<T>(list: readonly T[], count: number): readonly T[] {
  const step = Math.max(1, list.length / count)
  return list.filter((_, index) => Math.floor(index / step) !== Math.floor((index - 1) / step))
}

const isSource = (path: string): boolean =>
  /\.(m?[jt]sx?|c[jt]s|py|go|rs|vue|svelte|astro|html|css)$/.test(path)

type Keys = readonly (string | number)[]

function structured(path: string, text: string, files: Files): Spot[] | undefined {
  const format = formatOf(path)
  if (!format || format === 'xml') return undefined
  const [parse, stringify] = (
    {
      json: [parseJsonc, JSON.stringify],
      toml: [parseToml, stringifyToml],
      yaml: [parseYaml, stringifyYaml],
    } as const
  )[format] as [(text: string) => unknown, (value: unknown) => string]
  const root = parse(text)
  return strings(root, []).map(({ keys, isKey }) => ({
    name: `${path} ${isKey ? 'name of ' : ''}${keys.join('.')}`,
    put: change => ({ ...files, [path]: stringify(changed(root, keys, isKey, change)) }),
  }))
}

/** Where the strings of a value stand: its members' values, and their names. */
function strings(value: unknown, keys: Keys): { keys: Keys; isKey: boolean }[] {
  if (typeof value === 'string') return [{ keys, isKey: false }]
  if (value === null || typeof value !== 'object' || value instanceof Date) return []
  return Object.entries(value).flatMap(([key, member]) => [
    ...(Array.isArray(value) ? [] : [{ keys: [...keys, key], isKey: true }]),
    ...strings(member, [...keys, key]),
  ])
}

function changed(value: unknown, keys: Keys, isKey: boolean, change: (old: string) => string): unknown {
  const [key, ...rest] = keys
  if (key === undefined) return change(value as string)
  if (Array.isArray(value))
    return value.map((item, index) =>
      String(index) === String(key) ? changed(item, rest, isKey, change) : item,
    )
  return Object.fromEntries(
    Object.entries(value as object).map(([name, member]) => {
      if (name !== key) return [name, member]
      return isKey && rest.length === 0
        ? [change(name), member]
        : [name, changed(member, rest, isKey, change)]
    }),
  )
}

/** Each line of a text file, and each word of it. */
function lines(path: string, text: string, files: Files): Spot[] {
  const all = text.split('\n')
  return all.flatMap((line, index) => {
    const replaced = (changed: string) => ({ ...files, [path]: all.with(index, changed).join('\n') })
    const words = line.trim() ? line.split(/(?<=\s)/) : []
    return [
      ...words.map((word, at) => ({
        name: `${path}:${index + 1} word ${at + 1}`,
        put: (change: (old: string) => string) => replaced(words.with(at, change(word.trim())).join(' ')),
      })),
      { name: `${path}:${index + 1}`, put: change => replaced(change(line)) },
    ]
  })
}

/** Each string literal of a source file. */
function literals(path: string, text: string, files: Files): Spot[] {
  return [...text.matchAll(/(["'])([^"'\n\\]*)\1/g)].map(({ index, 0: whole, 2: old = '' }) => ({
    name: `${path} at ${index}: ${whole.slice(0, 40)}`,
    put: change => ({
      ...files,
      [path]: text.slice(0, index) + JSON.stringify(change(old)) + text.slice(index + whole.length),
    }),
  }))
}

/** The file's own name and its folder's; no file system has a NUL in them. */
function names(path: string, files: Files): Spot[] {
  const parts = path.split('/')
  const { [path]: content = '', ...others } = files
  return parts.map((part, at) => ({
    name: `${path}: the name of ${part}`,
    put: change => {
      const dot = part.lastIndexOf('.')
      const extension = at === parts.length - 1 && dot > 0 ? part.slice(dot) : ''
      const name = change(part.slice(0, part.length - extension.length)).replaceAll('\0', '')
      const hostile = parts.with(at, name + extension).join('/')
      return { ...others, [clean(hostile) || path]: content }
    },
  }))
}

/** As a walk over a disk would list it: no empty part, no `.` or `..`, no final slash. */
const clean = (path: string): string =>
  path
    .split('/')
    .filter(part => part !== '' && part !== '.' && part !== '..')
    .join('/')
