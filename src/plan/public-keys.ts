import { findNodeAtLocation, parseTree } from 'jsonc-parser'
import type { Project } from '../project/project.ts'

/** Names that the .dockerignore takes for keys, whatever they hold. */
const NAMED = /(\.(pem|key)|(^|\/)credentials\.json)$/
const OF_TESTS = /(^|\/)(tests?|__tests__|specs?|fixtures|examples?)\//
/** What may be shown to everybody: https://www.rfc-editor.org/rfc/rfc7468#section-4 */
const PUBLIC = /^((X509 |TRUSTED )?CERTIFICATE|(RSA )?PUBLIC KEY|DH PARAMETERS)$/
const LABEL = /-----BEGIN ([A-Z0-9 ]+)-----/g

/** Whether a file is named like a key and holds none: a certificate, a public key, the schema of a JSON file. */
export function holdsNoKey(project: Project, path: string): boolean {
  if (!NAMED.test(path)) return false
  const text = project.text(path) ?? ''
  if (path.endsWith('.json')) return isSchema(text)
  const labels = [...text.matchAll(LABEL)].map(([, label = '']) => label)
  return labels.length > 0 && labels.every(label => PUBLIC.test(label))
}

/** https://json-schema.org/draft/2020-12/json-schema-core#section-8.1.1. What can't be read is none. */
function isSchema(text: string): boolean {
  const content = parseTree(text)
  const has = (...keys: readonly string[]) => keys.some(key => content && findNodeAtLocation(content, [key]))
  return has('$schema', '$id') && has('properties', 'definitions', '$defs', 'allOf', 'anyOf', 'oneOf')
}

/** All of them that a program may read; names that are patterns themselves are left as they are. */
export const publicKeys = (project: Project): readonly string[] =>
  project.files.filter(path => !OF_TESTS.test(path) && !/[*?[\]\\!]/.test(path) && holdsNoKey(project, path))
