import type { IgnoreSection, Plan } from '../plan/plan.ts'
import type { Project } from '../project/project.ts'
import { translate } from './gitignore.ts'

/** What no build context should hold, in any language. `.env.example` and its like document, they hold no secret. */
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
    comment: 'Secrets',
    patterns: [
      '**/.env',
      '**/.env.*',
      '!**/.env.example',
      '!**/.env.sample',
      '!**/.env.template',
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

/**
 * The text of a .dockerignore: what every project leaves out, what this one's language does, and what its own
 * .gitignore names, in Docker's syntax. What the build needs comes last, so that nothing above takes it away.
 */
export function dockerignore({ sections, keep }: Plan['ignore'], project: Project): string {
  const all = [...COMMON, ...sections]
  const known = new Set(all.flatMap(section => section.patterns))
  const own = translate(project).filter(pattern => !known.has(pattern))
  const groups = [
    ...all,
    ...(own.length ? [{ comment: 'From .gitignore', patterns: own }] : []),
    ...(keep.length ? [{ comment: 'The build needs these', patterns: keep.map(path => `!${path}`) }] : []),
  ]
  return `${groups.map(({ comment, patterns }) => [`# ${comment}`, ...new Set(patterns)].join('\n')).join('\n\n')}\n`
}
