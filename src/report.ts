import { styleText } from 'node:util'
import type { Creation } from './create.ts'
import { titleOf } from './detect.ts'
import { describe, type Fact } from './facts.ts'
import type { Note } from './plan/notes.ts'
import type { Plan } from './plan/plan.ts'
import { shell } from './plan/words.ts'
import { oneLine } from './text.ts'
import type { Status } from './write.ts'

type Style = Parameters<typeof styleText>[0]
/** Colours where they are wanted, plain text elsewhere. */
export type Paint = (style: Style, text: string) => string

/** Decides on colours as https://no-color.org and https://force-color.org say. */
export function painter(env: Readonly<Record<string, string | undefined>>, isTerminal: boolean): Paint {
  const forced = env.FORCE_COLOR !== undefined && env.FORCE_COLOR !== '0'
  const colours = forced || (isTerminal && !env.NO_COLOR && env.TERM !== 'dumb')
  return colours
    ? (style, text) => styleText(style, text, { validateStream: false } as never)
    : (_, text) => text
}

const LABELS = [
  ['runtimeVersion', 'version'],
  ['packageManager', 'packages'],
  ['framework', 'framework'],
  ['mainPackages', 'command'],
  ['binaries', 'binary'],
  ['build', 'build'],
  ['start', 'start'],
  ['port', 'port'],
  ['env', 'variables'],
] as const

/**
 * What was detected and from which file, what was written, what is worth knowing, and what to type next.
 * @param context the folder to build in, where that isn't the one that the person is in
 */
export function report(
  { candidate, plan, notes, image }: Creation,
  written: readonly { path: string; status: Status }[],
  { dryRun, context }: { readonly dryRun: boolean; readonly context?: string | undefined },
  paint: Paint,
): string {
  const { facts } = candidate
  const rows = LABELS.flatMap(([key, label]) => {
    const found: Fact<unknown> | undefined = facts[key]
    return found === undefined
      ? []
      : [`  ${label.padEnd(10)} ${inShort(found.value)}  ${paint('dim', inShort(describe(found.source)))}`]
  })
  return [
    paint(
      'bold',
      `${titleOf(candidate.ecosystem)} ${facts.kind.value}${candidate.name === '.' ? '' : ` ${inShort(candidate.name)}`}`,
    ),
    ...rows,
    `  ${'image'.padEnd(10)} ${plan.images.runtime}`,
    '',
    ...written.map(
      ({ path, status }) =>
        `${paint(status === 'unchanged' || status === 'kept' ? 'dim' : 'green', dryRun && status !== 'unchanged' ? `would be ${status}` : status)} ${path}`,
    ),
    ...(notes.length ? ['', ...notes.map(shownNote(paint))] : []),
    '',
    'Next:',
    ...(context === undefined ? [] : [`  cd ${shell(context)}`]),
    ...nextSteps(image ?? candidate.name, plan).map(step => `  ${step}`),
    '',
  ].join('\n')
}

const shownNote =
  (paint: Paint) =>
  ({ code, level, message, source }: Note): string =>
    `${paint(level === 'info' ? 'cyan' : 'yellow', level)}: ${oneLine(message)}${source ? ` ${paint('dim', `(${inShort(source)})`)}` : ''} ${paint('dim', `[${code}]`)}`

const inShort = (value: unknown): string =>
  oneLine(Array.isArray(value) ? value.join(', ') : String(value), 200)

function nextSteps(name: string, { dir, file, view, buildFlags, runFlags }: Plan): string[] {
  const { port } = view.runtime
  const tag =
    name
      .toLowerCase()
      .replace(/^@[^/]*\//, '')
      .replace(/[^a-z0-9._-]+/g, '-')
      .replace(/^[._-]+|[._-]+$/g, '') || 'app'
  const path = [dir, file ?? 'Dockerfile'].filter(part => part !== '.').join('/')
  const option = path === 'Dockerfile' ? '' : ` -f ${path}`
  const flags = buildFlags === undefined ? '' : ` ${buildFlags}`
  return [
    `docker build -t ${tag}${flags}${option} .`,
    `docker run --rm${port ? ` -p ${port}:${port}` : ''}${runFlags === undefined ? '' : ` ${runFlags}`} ${tag}`,
  ]
}
