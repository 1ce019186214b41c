import { type Note, note } from '../../plan/notes.ts'
import type { App } from './app.ts'
import { packsElsewhere } from './build.ts'
import { buildMode } from './build-mode.ts'
import { revisionNotes } from './checkout.ts'
import { withCompiler } from './chosen-compiler.ts'
import type { Class } from './classify.ts'
import { isFor } from './clients.ts'
import { option } from './command-words.ts'
import { meaningOf } from './commands.ts'
import { copies } from './copied-pages.ts'
import type { Client, Layout, NodeFacts, Prisma, Step } from './facts.ts'
import { templateNotes, templateSteps } from './imported-templates.ts'
import { hasPackages, installIn } from './install-in.ts'
import { isNeedless } from './install-scripts.ts'
import { leftBehindNotes } from './left-behind.ts'
import { type Manifest, readManifest } from './manifest.ts'
import { once } from './once.ts'
import { join, relative } from './paths.ts'
import { installs, reinstalls } from './reinstalls.ts'
import { type Command, expand, shown } from './scripts.ts'
import { holdsMembers } from './workspaces.ts'

/** The steps of the build stage. A build that would change a database, that makes a client too, or that reads a file of variables, or that waits for changes, is written out without that; so is one that is told where to build, or given a compiler. */
export function stepsOf(
  app: App,
  { build, deployment }: Class,
  scripts: readonly string[],
  prisma: Prisma | undefined,
  { turbo, app: member, installs: outside = [] }: Layout,
  clients: readonly Client[],
  manifest: Manifest,
): readonly Step[] {
  const all = build.commands.filter(({ words }) => words[0] !== 'cd')
  const kept = all.filter(
    command =>
      meaningOf(command).is !== 'migration' &&
      !packsElsewhere(command) &&
      !(member !== '.' && reinstalls(command)) &&
      !records(command) &&
      !(
        clients.length > 0 &&
        (clients.some(
          ({ dir, out, copied, facts }) =>
            isFor(command, dir, facts) || (copied && copies(command, relative(member, out))),
        ) ||
          installs(command))
      ),
  )
  const own = kept.map(command => withCompiler(app, once(app, command)))
  const mode = buildMode(app, own)
  const told = deployment.is === 'files' ? deployment.told : undefined
  const isWritten =
    told !== undefined ||
    own.length < all.length ||
    own.some((command, index) => command.envFile || command !== kept[index])
  const generates = own.some(({ words }) => words[0] === 'prisma' && words[1] === 'generate')
  return [
    ...(prisma && !generates
      ? [
          {
            words: [
              'prisma',
              'generate',
              ...(prisma.schema === undefined ? [] : ['--schema', prisma.schema]),
              ...prisma.only.flatMap(name => ['--generator', name]),
            ],
          },
        ]
      : []),
    ...scripts.flatMap(script =>
      withoutDone(
        script,
        manifest,
        own,
        command =>
          clients.some(({ dir, facts }) => isFor(command, dir, facts)) ||
          (prisma !== undefined && !generates && isGenerated(command, prisma)),
      ),
    ),
    ...outside,
    ...templateSteps(app, build),
    ...nestedInstalls(app, [...scripts.flatMap(script => expand(manifest.scripts, script)), ...own]),
    ...(build.script !== undefined && !isWritten
      ? (turbo?.steps ?? [{ script: build.script, env: mode }])
      : own.map((command, index) => ({
          ...command,
          env: { ...mode, ...command.env },
          ...(told && index === own.length - 1 && { words: [...command.words, ...told] }),
        }))),
  ]
}

/**
 * The installs of folders with packages of their own that the build runs something in, and that no command of it
 * installs: `cd client && npm run build`. Developers have done that once.
 */
function nestedInstalls(app: App, commands: readonly Command[]): readonly Step[] {
  const { root, manager, manifest } = app
  // A workspace's install reaches its members.
  if (app.project !== root || holdsMembers(root, manifest)) return []
  const below = (items: readonly Command[]) =>
    new Set(items.flatMap(({ dir }) => (dir && !dir.startsWith('..') ? [dir] : [])))
  const done = below(commands.filter(installs))
  return [...below(commands)]
    .filter(dir => !done.has(dir) && hasPackages(readManifest(root, `${dir}/package.json`)))
    .map(dir => installIn(root, dir, dir, manager.id))
}

export const stepNotes = (facts: Pick<NodeFacts, 'steps' | 'revision' | 'program'>): readonly Note[] => [
  ...nestedNotes(facts.steps),
  ...templateNotes(facts.steps),
  ...leftBehindNotes(facts),
  ...revisionNotes(facts.revision),
]

/** Of folders that are installed without a lock file, or with one that is behind. */
const nestedNotes = (steps: readonly Step[]): readonly Note[] =>
  steps.flatMap(step => {
    const [program, verb, option, dir] = 'words' in step ? step.words : []
    if ('words' in step && step.stale !== undefined)
      return [
        note(
          'LOCKFILE_STALE',
          'warning',
          `${step.stale}, so each build resolves that anew: run the install there, and commit it`,
        ),
      ]
    return program === 'npm' && verb === 'install' && option === '--prefix'
      ? [
          note(
            'NO_LOCKFILE',
            'warning',
            `npm has no lock file in ${dir}: each build may install other versions; commit one`,
          ),
        ]
      : []
  })

/** A script of the install that makes a client of the server's or Prisma's too: what else it does, where the build doesn't. */
function withoutDone(
  script: string,
  { scripts }: Manifest,
  build: readonly Command[],
  isDone: (command: Command) => boolean,
): readonly Step[] {
  const all = expand(scripts, script).filter(({ words }) => words[0] !== 'cd')
  if (!all.some(isDone)) return [{ script }]
  const done = new Set(build.map(shown))
  return all.filter(
    command => !isDone(command) && !installs(command) && !isNeedless(command) && !done.has(shown(command)),
  )
}

/** Whether a command does what a step of its own has done, with the settings that Prisma wants for it. */
const isGenerated = ({ words, dir }: Command, { schema }: Prisma): boolean => {
  const [program, verb] = words
  const named = option(words, '--schema')
  const isSame = named === undefined || join(named) === schema
  return program === 'prisma' && verb === 'generate' && dir === undefined && isSame
}

/**
 * `git add dist`: who builds puts the output on record, and an image has no repository. Nor has it the variables of
 * Cloudflare's that `wrangler types --check` compares: https://developers.cloudflare.com/workers/wrangler/commands/#types
 */
const records = ({ words: [program, verb = '', ...options] }: Command): boolean =>
  (program === 'git' && /^(add|commit|tag|push|stash)$/.test(verb)) ||
  (program === 'wrangler' && verb === 'types' && options.includes('--check'))
