import { fromFile, type Source } from '../../facts.ts'
import { lineAt } from '../../project/locate.ts'
import type { Literal, SourceIndex } from './index-source.ts'
import type { Resolver } from './resolve.ts'
import { operands, type Unit } from './source.ts'

/** Words that start a program's server, in the order in which they are preferred. */
const SERVE = [
  'serve',
  'server',
  'start',
  'run',
  'web',
  'api',
  'http',
  'daemon',
  'listen',
  'rest',
  'httpserver',
  'api-server',
]
const HEALTH = /^(health-?check|healthz?|check-?health)$/i

interface Command {
  readonly name: string
  readonly unit: Unit
  readonly at: number
  readonly runs: boolean
}

/** The subcommand without which a program would only print its usage, with the place that defines it. */
export function serveCommand(
  index: SourceIndex,
  resolver: Resolver,
  program: string,
): { word: string; source: Source } | undefined {
  const cobra = commandsOf(index, resolver, /\bcobra\.Command$/, 'Use', ['Run', 'RunE'])
  const root =
    cobra.find(({ name }) => name.toLowerCase() === program.toLowerCase()) ??
    cobra.find(({ name }) => !SERVE.includes(name))
  if (cobra.length > 0) return root?.runs ? undefined : pick(cobra.filter(command => command !== root))
  const urfave = commandsOf(index, resolver, /\bcli\.Command$/, 'Name', ['Action'])
  if (urfave.length > 0) {
    const apps = index.literals.filter(
      ({ type, fields }) =>
        /\bcli\.App$/.test(type) || (/\bcli\.Command$/.test(type) && fields.has('Commands')),
    )
    return apps.some(({ fields }) => fields.has('Action')) ? undefined : pick(urfave)
  }
  return pick(kingpin(index, resolver)) ?? pick(kong(index)) ?? pick(byHand(index))
}

function pick(commands: readonly Command[]): { word: string; source: Source } | undefined {
  for (const word of SERVE) {
    const found = commands.find(({ name }) => name === word)
    if (found)
      return { word, source: fromFile(found.unit.path, undefined, lineAt(found.unit.text, found.at)) }
  }
  return undefined
}

function commandsOf(
  index: SourceIndex,
  resolver: Resolver,
  type: RegExp,
  nameField: string,
  runFields: readonly string[],
): Command[] {
  return index.literals.flatMap(literal => {
    const node = type.test(literal.type) ? literal.fields.get(nameField) : undefined
    const name = node && resolver.resolve({ unit: literal.unit, node }).texts[0]?.split(/\s/)[0]
    return name && node
      ? [
          {
            name,
            unit: literal.unit,
            at: node.from,
            runs: runFields.some(field => acts(literal, field)),
          },
        ]
      : []
  })
}

/** Whether a command does something by itself: one that only shows its usage doesn't. */
function acts({ unit, fields }: Literal, field: string): boolean {
  const node = fields.get(field)
  return node !== undefined && !/\.(Help|Usage)\(/.test(unit.text.slice(node.from, node.to))
}

function kingpin(index: SourceIndex, resolver: Resolver): Command[] {
  return index.calls.flatMap(({ unit, node, on, name, args }) => {
    const [first] = name === 'Command' && on !== 'os/exec' && args.length === 2 ? args : []
    const word = first && resolver.resolve({ unit, node: first }).texts[0]
    return word ? [{ name: word, unit, at: node.from, runs: true }] : []
  })
}

/** https://github.com/alecthomas/kong: `Serve ServeCmd `cmd:""``; `default` makes one the program's own action. */
function kong(index: SourceIndex): Command[] {
  const [unit] = index.units
  const found = [...index.tags].flatMap(([field, tags]) =>
    tags.filter(tag => tag.has('cmd')).map(tag => ({ field, tag })),
  )
  if (!unit || found.some(({ tag }) => tag.has('default'))) return []
  return found.map(({ field, tag }) => ({
    name: tag.get('name') ?? field.toLowerCase(),
    unit,
    at: 0,
    runs: true,
  }))
}

/** `switch os.Args[1] { case "server": … }` */
function byHand(index: SourceIndex): Command[] {
  return index.switches.flatMap(({ unit, node }) => {
    const body = node.getChild('SwitchBlock')
    const tag = operands(node).find(child => body && child.to <= body.from)
    if (!body || !tag || !namesArguments(index, unit, tag, 0)) return []
    return body.getChildren('Case').flatMap(branch =>
      branch.getChildren('String').map(word => ({
        name: unit.text.slice(word.from + 1, word.to - 1),
        unit,
        at: word.from,
        runs: true,
      })),
    )
  })
}

function namesArguments(
  index: SourceIndex,
  unit: Unit,
  node: Parameters<typeof operands>[0],
  depth: number,
): boolean {
  if (!node || depth > 3) return false
  const text = unit.text.slice(node.from, node.to)
  if (/\bos\.Args\b|\bflag\.Args?\(/.test(text)) return true
  const name = /^[A-Za-z_]\w*/.exec(text)?.[0]
  return (
    name !== undefined &&
    index.valuesOf(name, { unit, node }).some(ref => namesArguments(index, ref.unit, ref.node, depth + 1))
  )
}

/** The program's own health check: an option or a subcommand that asks the running server. */
export function healthArguments(index: SourceIndex, resolver: Resolver): readonly string[] | undefined {
  const flag = resolver.flags().find(({ name, isBool }) => isBool && HEALTH.test(name))
  if (flag) return [`${flag.dashes}${flag.name}`]
  const commands = [
    ...commandsOf(index, resolver, /\bcobra\.Command$/, 'Use', []),
    ...commandsOf(index, resolver, /\bcli\.Command$/, 'Name', []),
    ...byHand(index),
  ]
  const command = commands.find(({ name }) => HEALTH.test(name))
  return command && [command.name]
}
