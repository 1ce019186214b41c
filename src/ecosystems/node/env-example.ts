import type { Project } from '../../project/project.ts'

/** A variable that a file documents or sets. */
export interface Documented {
  readonly name: string
  /** As it stands there, without quotes and comments: often empty, or a hint. */
  readonly value: string
  /** Whether quotes stand around it. */
  readonly quoted?: true
  readonly path: string
}

const EXAMPLES = [
  '.env.example',
  '.env.sample',
  '.env.template',
  '.env.dist',
  '.env.local.example',
  '.example.env',
  '.sample.env',
  '.env-example',
  '.env-sample',
  '.env_example',
  '.env_sample',
  'env.example',
  'env.sample',
  'env.template',
  'example.env',
  'sample.env',
]

/** Tools with a dotenv before 15, where `#409eff` is no comment: https://github.com/motdotla/dotenv/blob/master/CHANGELOG.md#1500-2022-01-31 */
const OF_OLD = /^(VUE|REACT)_APP_/

/** The lines of a file of variables: https://www.npmjs.com/package/dotenv */
export const readEnv = (project: Project, path: string): readonly Documented[] =>
  (project.text(path) ?? '').split('\n').flatMap(line => {
    const [, name, raw = ''] = /^\s*(?:export\s+)?([A-Z][A-Z0-9_]*)\s*=\s*(.*?)\s*$/.exec(line) ?? []
    if (!name) return []
    const [, , inner] = /^(["'])(.*?)\1\s*(#.*)?$/.exec(raw) ?? []
    const value = inner ?? raw.replace(OF_OLD.test(name) ? /\s#.*$/ : /(^|\s+)#.*$/, '').trim()
    return [{ name, value, ...(inner && { quoted: true as const }), path }]
  })

/** Whether a file is there to be copied to `.env` and filled in. */
export const isExample = (path: string): boolean => EXAMPLES.includes(path)

/** What the example files name, in their order. */
export const documented = (project: Project): readonly Documented[] =>
  EXAMPLES.flatMap(path => readEnv(project, path))
