import { type ParseError, parse } from 'jsonc-parser'
import type { Project } from '../project/project.ts'

/** Certificates and their keys by their names, which the .dockerignore leaves out of every image. */
export const KEY_FILE = /(\.(pem|key|p12|pfx)|(^|\/)credentials\.json)$/
/** They hold both in a form that nobody reads here. */
const SEALED = /\.(p12|pfx)$/
const OF_TESTS = /(^|\/)(tests?|__tests__|specs?|fixtures|examples?)\//
/** What may be shown to everybody: https://www.rfc-editor.org/rfc/rfc7468#section-4 */
const PUBLIC = /^((X509 |TRUSTED )?CERTIFICATE|(RSA )?PUBLIC KEY|DH PARAMETERS)$/
const LABEL = /-----BEGIN ([A-Z0-9 ]+)-----/g

/** Whether a file is named like a key and holds none: a certificate, a public key, the schema of a JSON file. */
export function holdsNoKey(project: Project, path: string): boolean {
  if (!KEY_FILE.test(path) || SEALED.test(path)) return false
  const text = project.text(path) ?? ''
  if (path.endsWith('.json')) return isSchema(text)
  const labels = [...text.matchAll(LABEL)].map(([, label = '']) => label)
  return labels.length > 0 && labels.every(label => PUBLIC.test(label))
}

/**
 * https://json-schema.org/draft/2020-12/json-schema-core#section-8.1.1. What can't be read whole is none, and neither is
 * a file of settings with such a member, which has values there and no schemas.
 */
function isSchema(text: string): boolean {
  const errors: ParseError[] = []
  const content = tableOf(parse(text, errors))
  const parts = ['properties', 'definitions', '$defs'].flatMap(key => Object.values(tableOf(content[key])))
  return (
    errors.length === 0 &&
    ('$schema' in content || '$id' in content) &&
    parts.length > 0 &&
    parts.every(part => typeof part === 'object' && part !== null && !Array.isArray(part))
  )
}

const tableOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {}

/** All of them that a program may read; names that are patterns themselves are left as they are. */
export const publicKeys = (project: Project): readonly string[] =>
  project.files.filter(path => !OF_TESTS.test(path) && !/[*?[\]\\!]/.test(path) && holdsNoKey(project, path))
