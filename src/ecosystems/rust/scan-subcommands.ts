import type { SyntaxNode } from '@lezer/common'
import type { Found } from './scan.ts'
import { descend, literal, names, type Parsed } from './syntax.ts'

const COMMANDS = new Set(['Subcommand', 'Parser', 'StructOpt'])

/** `#[derive(Subcommand)] enum Command { Serve, … }` */
export function addSubcommands(file: Parsed, node: SyntaxNode, found: Found): void {
  const attributes = node.parent?.name === 'AttributeItem' ? node.parent.getChildren('Attribute') : []
  if (!attributes.some(attribute => names(file, attribute).some(name => COMMANDS.has(name)))) return
  for (const variant of node.getChild('EnumVariantList')?.getChildren('EnumVariant') ?? []) {
    const name = variant.getChild('BoundIdentifier') ?? variant.firstChild
    if (name)
      found.subcommands.push(
        file
          .text(name)
          .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
          .toLowerCase(),
      )
  }
}

/** What clap's builder is told where a program does nothing without a subcommand. */
export const REQUIRES_SUBCOMMAND = [
  'subcommand_required',
  'subcommand_required_else_help',
  'arg_required_else_help',
  'SubcommandRequired',
  'SubcommandRequiredElseHelp',
  'ArgRequiredElseHelp',
]

/** `match matches.subcommand() { Some(("serve", args)) => … }` */
export function addMatched(file: Parsed, node: SyntaxNode, found: Found): void {
  const asked = node.getChild('CallExpression')
  if (!asked || names(file, asked).at(-1) !== 'subcommand') return
  for (const arm of node.getChild('MatchBlock')?.getChildren('MatchArm') ?? []) {
    const pattern = arm.getChild('TuplePattern')
    const name = pattern && [...descend(file, pattern)].map(child => literal(file, child)).find(Boolean)
    if (typeof name === 'string') found.matched.push(name)
  }
}
