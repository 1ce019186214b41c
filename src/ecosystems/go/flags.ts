import type { SyntaxNode } from '@lezer/common'
import type { Call, Literal } from './index-source.ts'
import type { Ref } from './source.ts'
import { type Flag, merge, NOTHING, type Value } from './values.ts'

export type Resolve = (ref: Ref) => Value

const FLAG_TYPES =
  /^(String|Int|Int32|Int64|Uint|Uint16|Uint32|Uint64|Bool|Duration|TCP|ExistingFile|ExistingDir|IP)(Var)?(P)?$/

/** The option that a call defines: `flag.String("addr", ":8080", "…")`, with `Var` and `P` as pflag has them too. */
export function flagOf({ unit, on, name, args }: Call, resolve: Resolve): Flag | undefined {
  const shape = FLAG_TYPES.exec(name)
  if (!shape || args.length < 3) return kingpin(on, name, args)
  const [, type, bound, short] = shape
  const literal = (at: number) => (args[at] ? resolve({ unit, node: args[at] }) : NOTHING)
  const at = bound ? 1 : 0
  const flagName = literal(at).texts[0]
  if (flagName === undefined || !/^[\w.-]+$/.test(flagName)) return undefined
  // A set made by flag.NewFlagSet is a variable of any name.
  const standard = on === 'flag' || (/^\w+$/.test(on) && unit.imports.get('flag') === 'flag' && !short)
  return {
    name: flagName,
    dashes: standard ? '-' : '--',
    isBool: type === 'Bool',
    fallback: literal(at + (short ? 2 : 1)),
  }
}

/** `&cli.StringFlag{Name: "addr", Value: ":8080", EnvVars: []string{"ADDR"}}` */
export function flagOfLiteral({ unit, type, fields }: Literal, resolve: Resolve): Flag | undefined {
  if (!/\bcli\.\w*Flag$/.test(type) || !fields.has('Name')) return undefined
  const value = (field: string) => {
    const node = fields.get(field)
    return node ? resolve({ unit, node }) : NOTHING
  }
  const envs = fields.get('EnvVars') ?? fields.get('Sources')
  const names = envs
    ? [...unit.text.slice(envs.from, envs.to).matchAll(/"([A-Z][A-Z0-9_]+)"/g)].map(match => match[1] ?? '')
    : value('EnvVar').texts
  return {
    name: value('Name').texts[0] ?? '',
    dashes: '--',
    isBool: type.includes('Bool'),
    fallback: merge({ ...NOTHING, envs: names }, value('Value')),
  }
}

/** `app.Flag("web.listen-address", "…").Default(":9091").String()` */
function kingpin(on: string, name: string, args: readonly SyntaxNode[]): Flag | undefined {
  if (args.length > 0 || !/^(String|Int|Bool|TCP)$/.test(name)) return undefined
  const flag = /\bFlag\(\s*"([\w.-]+)"/.exec(on)
  if (!flag) return undefined
  const fallback = /\bDefault\(\s*"([^"]*)"/.exec(on)
  const envar = /\bEnvar\(\s*"([A-Z][A-Z0-9_]*)"/.exec(on)
  return {
    name: flag[1] ?? '',
    dashes: '--',
    isBool: name === 'Bool',
    fallback: { ...NOTHING, texts: fallback ? [fallback[1] ?? ''] : [], envs: envar ? [envar[1] ?? ''] : [] },
  }
}
