import type { IgnoreSection, Plan } from '../plan/plan.ts'
import { publicKeys } from '../plan/public-keys.ts'
import { safe } from '../plan/words.ts'
import type { Project } from '../project/project.ts'
import { translate } from './gitignore.ts'

/** What no build context should hold, in any language. */
const COMMON: readonly IgnoreSection[] = [
  {
    comment: "Version control, editors, CI, and this file's own inputs",
    patterns: [
      '.git',
      '.gitignore',
      '.gitattributes',
      '.github',
      '.gitlab-ci.yml',
      '.circleci',
      '.idea',
      '.vscode',
      '.DS_Store',
      '**/.DS_Store',
      '**/Dockerfile*',
      '**/.dockerignore',
      '**/*.dockerignore',
      '**/docker-compose*.y*ml',
      '**/compose*.y*ml',
    ],
  },
  {
    comment: 'Keys and credentials',
    patterns: [
      '**/*.pem',
      '**/*.key',
      '**/*.p12',
      '**/*.pfx',
      '**/id_rsa*',
      '**/id_dsa*',
      '**/id_ecdsa*',
      '**/id_ed25519*',
      '**/.ssh',
      '**/.aws',
      '**/.netrc',
      '**/.pypirc',
      '**/credentials.json',
    ],
  },
]

/** `.env.example` and its like document, they hold no secret. */
const ENVIRONMENT: IgnoreSection = {
  comment: 'Environment files, last: nothing above lets one in',
  patterns: ['**/.env', '**/.env.*', '!**/.env.example', '!**/.env.sample', '!**/.env.template'],
}

/** Committed settings that a program reads as it starts: https://www.npmjs.com/package/dotenv-extended */
const DEFAULTS = ['.env.defaults', '.env.schema']

/**
 * The text of a .dockerignore. The last pattern that matches decides, so the project's own come first: what its
 * .gitignore names, in Docker's syntax, with its exceptions, and what git holds all the same; what this language leaves behind; then what every project
 * leaves out, but for what only looks like a key. What the build needs comes after all that, and only environment files stay out even so.
 */
export function dockerignore({ sections, keep }: Plan['ignore'], project: Project): string {
  const all = [...sections, ...COMMON]
  const known = new Set([...all, ENVIRONMENT].flatMap(section => section.patterns))
  const own = translate(project).filter(pattern => !known.has(pattern))
  const forced = project.forced.map(path => `!${path}`)
  const shown = publicKeys(project).map(path => `!${path}`)
  const groups = [
    ...(own.length ? [{ comment: 'From .gitignore', patterns: own }] : []),
    ...(forced.length ? [{ comment: 'What git holds all the same', patterns: forced }] : []),
    ...all,
    ...(shown.length ? [{ comment: 'Named like keys, and none', patterns: shown }] : []),
    ...(keep.length ? [{ comment: 'The build needs these', patterns: keep.map(path => `!${path}`) }] : []),
    { ...ENVIRONMENT, patterns: [...ENVIRONMENT.patterns, ...defaults(project)] },
  ]
  return `${groups.map(section).join('\n\n')}\n`
}

const defaults = (project: Project): readonly string[] =>
  DEFAULTS.filter(name => project.files.some(path => path === name || path.endsWith(`/${name}`))).map(
    name => `!**/${name}`,
  )

const section = ({ comment, patterns }: IgnoreSection): string =>
  [`# ${comment}`, ...new Set(patterns.map(pattern => safe(pattern, 'a pattern of .dockerignore')))].join(
    '\n',
  )
