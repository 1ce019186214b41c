import type { Mount } from '../../plan/plan.ts'
import { contextPath, pattern, safe, shell } from '../../plan/words.ts'
import { isSecret } from './baked.ts'
import { buildFolder } from './build-folder.ts'
import { withoutClients } from './clients.ts'
import type { Member, NodeFacts, Step } from './facts.ts'
import { join } from './paths.ts'
import { whileGenerating } from './prisma.ts'
import { PLUGINS } from './surroundings.ts'

/** A COPY with the commands that follow it. */
export interface Stage {
  /** What stands after COPY; undefined where everything is there already. */
  readonly copy?: string | undefined
  readonly mounts?: readonly Mount[] | undefined
  readonly commands?: readonly string[] | undefined
}

/** What stands after COPY; in the JSON form where a path has a space. */
export function copy(
  sources: readonly string[],
  target: string,
  from?: string,
  ...flags: readonly string[]
): string {
  const words = [...sources.map(path => (from === undefined ? contextPath(path) : checked(path))), target]
  const options = [...(from === undefined ? [] : [`--from=${from}`]), ...flags]
  return [
    ...options,
    words.some(word => /\s/.test(word))
      ? `[${words.map(word => JSON.stringify(word)).join(', ')}]`
      : words.join(' '),
  ].join(' ')
}

/** A path of another stage: absolute, and otherwise as harmless as one of the context. */
const checked = (path: string): string => `/${contextPath(path.replace(/^\/+/, ''))}`

/** `NAME=value`, quoted where a shell word would end. */
export const assignment = (name: string, value: string): string =>
  `${name}=${/^[\w@%+=:,./~?&-]*$/.test(value) ? value : JSON.stringify(safe(value, name)).replaceAll('$', '\\$')}`

/** Above the working directory there is only the root, or the repository's folders. */
export const outsideInImage = (facts: NodeFacts, path: string, folder = buildFolder(facts)): string =>
  folder === '/app' ? `/${path.replace(/^(\.\.\/)+/, '')}` : `/app/${join(facts.layout.root, path)}`

/** A step as a command of the shell, at the root of the workspace. @param env assignments before it */
export function stepCommand(facts: NodeFacts, step: Step, env = ''): string {
  const { manager, layout } = facts
  if (!('script' in step))
    return inFolder(facts, join(step.atRoot ? '' : layout.app, step.dir ?? ''), step, env)
  return (
    env +
    prefix(step.env) +
    (layout.app === '.' ? shell(manager.id, 'run', step.script) : memberRun(facts, layout.app, step.script))
  )
}

/** By the manager's own option for a folder where that does: linters take a `cd` for a forgotten WORKDIR. */
function inFolder(facts: NodeFacts, dir: string, { words, env, patterns = [] }: Words, before = ''): string {
  const set = before + prefix(env)
  const builtin = isShellBuiltin(words[0] ?? '')
  const written = words.map(word => (patterns.includes(word) ? pattern(word) : shell(word)))
  const by = (program: readonly string[] = []) =>
    set + [...program.map(word => shell(word)), ...written].join(' ')
  // The shell that replaces a pattern has to be in the folder itself.
  const elsewhere = dir !== '' && patterns.length === 0 && !(builtin && facts.manager.id !== 'pnpm')
  const there = elsewhere ? runner(facts, dir) : undefined
  if (there) return by(there)
  const line = by(builtin ? [] : runner(facts, ''))
  return dir === '' ? line : `(cd ${shell(dir)} && ${line})`
}

/** Assignments before a command. */
const prefix = (env: Step['env'] = {}): string =>
  Object.entries(env)
    .map(([name, value]) => `${name}=${shell(value)} `)
    .join('')

type Words = Exclude<Step, { script: string }>

/** What runs a dependency's program in a folder; undefined where the manager has no word for that folder. */
function runner(facts: NodeFacts, dir: string): readonly string[] | undefined {
  const { manager, layout } = facts
  const member = dir === layout.app || layout.members.some(item => item.dir === dir)
  switch (manager.id) {
    case 'npm':
      return dir === '' ? ['npx'] : member ? ['npx', '-w', dir] : undefined
    case 'pnpm':
      return ['pnpm', ...(dir === '' ? [] : ['-C', dir]), 'exec']
    case 'bun':
      return dir === '' ? ['bunx'] : undefined
    case 'yarn':
      return dir === '' ? ['yarn', 'run'] : [...yarnIn(facts, dir), 'run']
  }
}

/** Yarn 2 and 3 take a folder that they are in for one to go to once more. */
function yarnIn({ manager, layout, name }: NodeFacts, dir: string): readonly string[] {
  const member = dir === layout.app ? name : layout.members.find(item => item.dir === dir)?.name
  return manager.major > 1 && manager.major < 4 && member !== undefined
    ? ['yarn', 'workspace', member]
    : ['yarn', '--cwd', dir]
}

/** What the shell has itself or the image brings, and no dependency. */
const isShellBuiltin = (program: string): boolean =>
  /^(node|rm|cp|mv|ln|mkdir|touch|chmod|cat|sed|find|tar|echo|printf|sleep|true|sh|bash|npm|pnpm|yarn|bun|npx|test)$/.test(
    program,
  )

function memberRun(facts: NodeFacts, dir: string, script: string): string {
  const { manager, layout } = facts
  switch (manager.id) {
    case 'npm':
      // Before 9 it ends well there though the script failed, on Node.js 20 and later.
      return manager.major < 9
        ? shell('npm', '--prefix', dir, 'run', script)
        : shell('npm', 'run', script, '-w', dir)
    case 'pnpm':
      // Rush's workspace lies in a folder of its own, where nothing is run.
      return layout.rush
        ? shell('pnpm', '-C', dir, 'run', script)
        : shell('pnpm', '--filter', `./${dir}`, 'run', script)
    case 'bun':
      // Without the equals sign Bun prints its help, and ends well.
      return shell('bun', `--cwd=${dir}`, 'run', script)
    case 'yarn':
      return shell(...yarnIn(facts, dir), 'run', script)
  }
}

/** Prisma's client before the sources: an edit of those keeps it. */
function generated(facts: NodeFacts): readonly Stage[] {
  const { prisma, layout } = facts
  const index = facts.steps.findIndex(step => 'words' in step && step.words[0] === 'prisma')
  const step = facts.steps[index]
  if (!prisma || !step) return []
  const settings =
    prisma.major >= 7 ? prefix(whileGenerating(prisma, [{ env: {}, words: ['prisma', 'generate'] }])) : ''
  const inside = (path: string) => join(layout.app, path)
  const [schema = '', ...rest] = prisma.inputs
  const here = ['package.json', ...rest].filter(path => !path.includes('/'))
  return [
    {
      copy: copy(
        here.map(path => join(layout.root, inside(path))),
        layout.app === '.' ? './' : `${layout.app}/`,
      ),
    },
    // A COPY of several files would leave their folders out.
    ...rest
      .filter(path => path.includes('/'))
      .map(path => ({ copy: copy([join(layout.root, inside(path))], inside(path)) })),
    {
      copy: copy([join(layout.root, inside(schema))], inside(schema)),
      commands: [stepCommand(facts, step, settings)],
    },
  ]
}

/** Copies and commands of the build stage, those that change least first. @param mounts for the app's own build */
export function stages(
  facts: NodeFacts,
  mounts: readonly Mount[],
  last: readonly string[] = [],
  env = '',
): readonly Stage[] {
  const { layout } = facts
  const steps = facts.steps.filter(
    step => !('words' in step && step.words[0] === 'prisma' && step.words[1] === 'generate' && facts.prisma),
  )
  const before = [
    ...Object.entries(facts.duringBuild).map(([name, value]) => `${assignment(name, value)} `),
    // Set even where the secret isn't given: the build fails on a name that is unknown, and the mount leaves an empty one.
    ...facts.baked
      .filter(item => item.secret || (item.value && isSecret(item)))
      .map(({ name, value = '' }) => `${name}="\${${name}:-${value}}" `),
    env,
  ].join('')
  // A workspace's root is copied as a whole, its members with it.
  const inner = layout.app === '.' ? layout.members.flatMap(member => memberBuild(facts, member)) : []
  // What makes a folder reads no variable.
  const plain = (step: Step) => 'words' in step && step.words[0] === 'mkdir'
  const commands = [
    ...inner,
    ...steps.map(step => stepCommand(facts, step, plain(step) ? '' : before)),
    ...last,
  ]
  const app: Stage = {
    copy:
      layout.app === '.'
        ? copy([layout.root], '.', undefined, ...withoutClients(facts.clients))
        : copy([join(layout.root, layout.app)], layout.app),
    ...(commands.length && { commands, mounts: [...(layout.turbo?.mounts ?? []), ...mounts] }),
  }
  if (layout.app === '.') {
    const beside = (layout.outside ?? []).map(path => ({
      copy: copy([join(layout.root, path)], outsideInImage(facts, path)),
    }))
    return [...generated(facts), ...beside, app]
  }
  const lock = facts.manager.lock ? [facts.manager.lock] : []
  const roots = [
    // Rush has none there.
    ...(layout.rush ? [] : ['package.json', ...lock]),
    ...layout.inputs.filter(path => !path.includes('/') && path !== 'patches'),
    ...layout.shared.files,
  ]
  return [
    ...(roots.length
      ? [
          {
            copy: copy(
              [...new Set(roots)].map(path => join(layout.root, path)),
              './',
            ),
          },
        ]
      : []),
    ...(layout.patches
      ? [
          {
            copy: copy([join(layout.root, 'patches')], 'patches'),
            commands: [stepCommand(facts, { words: ['patch-package'], atRoot: true })],
          },
        ]
      : []),
    // Yarn ends without a plugin that its settings name.
    ...[...layout.inputs.filter(path => path === PLUGINS), ...layout.shared.folders].map(dir => ({
      copy: copy([join(layout.root, dir)], dir),
    })),
    ...layout.members.map(member => memberStage(facts, member)),
    ...generated(facts),
    app,
  ]
}

const memberBuild = (facts: NodeFacts, { dir, builds, task }: Member): readonly string[] =>
  builds ? (task?.map(step => inFolder(facts, dir, step)) ?? [memberRun(facts, dir, 'build')]) : []

function memberStage(facts: NodeFacts, member: Member): Stage {
  const { dir, prepares, generates } = member
  const commands = [
    ...prepares.map(script => memberRun(facts, dir, script)),
    ...(generates ? [inFolder(facts, dir, generates)] : []),
    ...memberBuild(facts, member),
  ]
  return { copy: copy([join(facts.layout.root, dir)], dir), ...(commands.length && { commands }) }
}
