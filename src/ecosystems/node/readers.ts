import { assigned, choices, field } from './assigned-port.ts'
import { constant, constructed, fallback, property } from './listeners.ts'

/** Kinds of nodes that tell one thing, by what reads it. */
export const READERS: Readonly<Record<string, typeof property>> = {
  NewExpression: constructed,
  BinaryExpression: fallback,
  ConditionalExpression: fallback,
  ArrayExpression: choices,
  Property: property,
  AssignmentExpression: assigned,
  PropertyDeclaration: field,
  VariableDefinition: constant,
}
