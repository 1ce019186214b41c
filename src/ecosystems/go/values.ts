/** A command line option with its default. */
export interface Flag {
  readonly name: string
  /** `-` for the standard library's, `--` for the others'. */
  readonly dashes: '-' | '--'
  readonly isBool: boolean
  readonly fallback: Value
}

/** What an expression can be, as far as the source tells. */
export interface Value {
  /** Texts that it can hold without anything being set, likeliest first. */
  readonly texts: readonly string[]
  /** Environment variables that it is read from. */
  readonly envs: readonly string[]
  readonly flags: readonly Flag[]
  /** Keys of a configuration that it is read from: `server.port`. */
  readonly keys: readonly string[]
}

/** Nothing is known. */
export const NOTHING: Value = { texts: [], envs: [], flags: [], keys: [] }
const MAX_TEXTS = 8
export const ENV_NAME = /^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$/

export const text = (value: string): Value => ({ ...NOTHING, texts: [value] })
export const env = (name: string): Value => ({ ...NOTHING, envs: [name] })
const unique = <T>(list: readonly T[]): T[] => [...new Set(list)].slice(0, MAX_TEXTS)

export function merge(...values: readonly Value[]): Value {
  return {
    texts: unique(values.flatMap(value => value.texts)),
    envs: unique(values.flatMap(value => value.envs)),
    flags: unique(values.flatMap(value => value.flags)),
    keys: unique(values.flatMap(value => value.keys)),
  }
}

export const ofFlag = (flag: Flag): Value => ({ ...merge(flag.fallback), flags: [flag] })
export const known = (value: Value): boolean =>
  value.texts.length + value.envs.length + value.flags.length + value.keys.length > 0

/** `Port int `env:"PORT" envDefault:"8080"``, as the usual libraries read it. */
export const ofTags = (tags: readonly ReadonlyMap<string, string>[]): Value =>
  merge(
    ...tags.map(tag => {
      const name = (tag.get('env') ?? tag.get('envconfig') ?? '').split(',')[0] ?? ''
      const fallback = tag.get('envDefault') ?? tag.get('env-default') ?? tag.get('default')
      const key = tag.get('mapstructure') ?? tag.get('yaml') ?? tag.get('toml') ?? tag.get('json')
      return {
        texts: fallback === undefined ? [] : [fallback],
        envs: ENV_NAME.test(name) ? [name] : [],
        flags: [],
        keys: key ? [key.split(',')[0] ?? ''] : [],
      }
    }),
  )

/** Every combination of the parts' texts; a part that isn't known is empty. */
export function concat(parts: readonly Value[]): Value {
  const texts = parts.reduce<string[]>(
    (heads, part) =>
      heads
        .flatMap(head => (part.texts.length ? part.texts : ['']).map(tail => head + tail))
        .slice(0, MAX_TEXTS),
    [''],
  )
  return { ...merge(...parts), texts: parts.some(part => part.texts.length) ? texts : [] }
}

/** `fmt.Sprintf("%s:%d", host, port)` */
function format([pattern, ...args]: readonly Value[]): Value {
  const [shape] = pattern?.texts ?? []
  if (shape === undefined) return merge(...args)
  let at = 0
  const pieces = shape.split(/(%[-+# 0]*\d*(?:\.\d+)?[a-zA-Z%])/)
  return concat(
    pieces.map(piece =>
      piece === '%%' ? text('%') : /^%.*[a-zA-Z]$/.test(piece) ? (args[at++] ?? NOTHING) : text(piece),
    ),
  )
}

const first = ([value]: readonly Value[]): Value => value ?? NOTHING
const named = ([name]: readonly Value[]): Value => ({
  ...NOTHING,
  envs: (name?.texts ?? []).filter(found => ENV_NAME.test(found)),
})
const path = (values: readonly Value[]): Value =>
  concat(values.flatMap((value, at) => (at ? [text('/'), value] : [value])))

/** Functions of the standard library that make texts, by package and name. */
export const KNOWN_CALLS: Readonly<Record<string, (args: readonly Value[]) => Value>> = {
  'os.Getenv': named,
  'os.LookupEnv': named,
  'syscall.Getenv': named,
  'fmt.Sprintf': format,
  'fmt.Sprint': concat,
  'net.JoinHostPort': ([host, port]) => concat([host ?? NOTHING, text(':'), port ?? NOTHING]),
  'cmp.Or': values => merge(...values),
  'strings.TrimSpace': first,
  'strings.TrimPrefix': first,
  'strings.TrimSuffix': first,
  'strings.TrimRight': first,
  'strings.TrimLeft': first,
  'strings.ToLower': first,
  'strconv.Itoa': first,
  'strconv.Atoi': first,
  'strconv.ParseInt': first,
  'strconv.ParseUint': first,
  'strconv.FormatInt': first,
  '.string': first,
  '.int': first,
  'path.Join': path,
  'path/filepath.Join': path,
  'path/filepath.FromSlash': first,
  'path/filepath.Clean': first,
  'path/filepath.Abs': first,
}
