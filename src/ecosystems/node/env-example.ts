import type { Project } from '../../project/project.ts'

/** A variable that a file documents or sets. */
export interface Documented {
  readonly name: string
  /** As it stands there, without quotes and comments: often empty, or a hint. */
  readonly value: string
  readonly path: string
}

const EXAMPLES = [
  '.env.example',
  '.env.sample',
  '.env.template',
  '.env.dist',
  '.env.local.example',
  '.example.env',
  'env.example',
  'example.env',
]

/** The lines of a file of variables: https://www.npmjs.com/package/dotenv */
export const readEnv = (project: Project, path: string): readonly Documented[] =>
  (project.text(path) ?? '').split('\n').flatMap(line => {
    const [, name, raw = ''] = /^\s*(?:export\s+)?([A-Z][A-Z0-9_]*)\s*=\s*(.*?)\s*$/.exec(line) ?? []
    return name ? [{ name, value: raw.replace(/^(["'])(.*)\1$/, '$2').replace(/\s+#.*$/, ''), path }] : []
  })

/** What the example files name, in their order. */
export const documented = (project: Project): readonly Documented[] =>
  EXAMPLES.flatMap(path => readEnv(project, path))
