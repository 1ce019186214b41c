import { UserError } from '../../errors.ts'
import { MANAGER_LINES } from '../../knowledge/node-managers.ts'
import { hasDistroless } from '../../knowledge/releases.ts'
import type { Wishes } from '../../options/options.ts'
import { type Note, note } from '../../plan/notes.ts'
import type { BaseImage, Exec, Launch } from '../../plan/plan.ts'
import { sandboxNotes } from './chromium.ts'
import { TS_HOOK } from './commands.ts'
import type { NodeFacts } from './facts.ts'
import { hook } from './runner-options.ts'
import { resolved } from './shell-variables.ts'
import { UNNAMED_SUITE } from './versions.ts'

/** The runtime image with what follows from it. */
export interface Runtime {
  readonly image: BaseImage
  readonly user: string
  /** As a program of the image is called: distroless has no PATH to node. */
  readonly node: string
  readonly resolved: string
  readonly notes: readonly Note[]
}

/** The image's suffix for this line of Node.js and family. */
export const suffix = ({ line }: NodeFacts, wishes: Wishes): string =>
  wishes.runtime?.value === 'alpine' ? 'alpine' : line.suite === UNNAMED_SUITE ? 'slim' : `${line.suite}-slim`

/** Whether Bun runs the program. */
export const onBun = ({ program, deployment }: NodeFacts): boolean =>
  deployment.is === 'program' && program?.runs.is === 'bun'

const bunVersion = ({ manager }: NodeFacts): string | undefined =>
  manager.id === 'bun' ? manager.version : MANAGER_LINES.bun[0]?.newest

interface BuildImage {
  /** Whose version it is, as the ARG is named: `NODE`. */
  readonly runtime: 'NODE' | 'BUN'
  readonly version: string
  readonly ref: string
  readonly resolved: string
}

/** Node.js, or Bun where nothing here needs Node.js: what compiles wants its headers, what is pruned or stands in its npm. */
export function buildImage(facts: NodeFacts, wishes: Wishes): BuildImage {
  const { manager, native, line, prepares, standIn } = facts
  const bun =
    onBun(facts) && manager.id === 'bun' && native.buildScripts.length === 0 && !prepares && !standIn
  const version = (bun ? bunVersion(facts) : undefined) ?? line.cycle
  const [runtime, name, tag] = bun
    ? (['BUN', 'oven/bun', wishes.runtime?.value === 'alpine' ? 'alpine' : 'slim'] as const)
    : (['NODE', 'node', suffix(facts, wishes)] as const)
  return {
    runtime,
    version,
    ref: `${name}:\${${runtime}_VERSION}-${tag}`,
    resolved: `${name}:${version}-${tag}`,
  }
}

/** Distroless unless something needs more than it has; the reason is a note. */
export function runtimeImage(facts: NodeFacts, wishes: Wishes): Runtime {
  const wish = wishes.runtime?.value ?? 'auto'
  const { cycle } = facts.line
  const available = hasDistroless(`nodejs${cycle}`)
  const reason = whyNotDistroless(facts)
  if (wish === 'distroless' && (!available || reason))
    throw new UserError(
      'NO_DISTROLESS',
      `this app can't run on distroless: ${reason ?? `there is no image for Node.js ${cycle}`}`,
      'Leave --runtime out, or take --runtime slim',
    )
  if (wish === 'alpine' && (facts.native.glibc || facts.native.runtime.length))
    throw new UserError(
      'NO_ALPINE',
      `${[...facts.native.askedBy, 'a native package'][0]} needs what Alpine hasn't`,
      'Leave --runtime out, or take --runtime slim',
    )
  const distroless = wish === 'distroless' || (wish === 'auto' && available && !reason)
  if (distroless)
    return {
      image: {
        ref: `gcr.io/distroless/nodejs\${NODE_VERSION}-debian13:nonroot`,
        libc: 'glibc',
        family: 'distroless',
      },
      user: '65532:65532',
      node: '/nodejs/bin/node',
      resolved: `gcr.io/distroless/nodejs${cycle}-debian13:nonroot`,
      notes: [],
    }
  const alpine = wish === 'alpine'
  const built = buildImage(facts, wishes)
  const own = `oven/bun:${bunVersion(facts)}-${alpine ? 'alpine' : 'slim'}`
  const { ref, resolved } = onBun(facts) && built.runtime !== 'BUN' ? { ref: own, resolved: own } : built
  return {
    image: { ref, libc: alpine ? 'musl' : 'glibc', family: alpine ? 'alpine' : 'debian' },
    user: '1000:1000',
    node: onBun(facts) ? 'bun' : 'node',
    resolved,
    notes: [
      ...sandboxNotes(facts),
      ...(wish === 'auto' && !onBun(facts)
        ? [
            note(
              'RUNTIME_SLIM',
              'info',
              `the runtime image is slim: ${reason ?? `there is no distroless image for Node.js ${cycle}`}`,
            ),
          ]
        : []),
    ],
  }
}

function whyNotDistroless(facts: NodeFacts): string | undefined {
  const { native, program } = facts
  if (onBun(facts)) return 'Bun runs it'
  if (native.runtime.length) return `${native.askedBy.join(', ')} needs system packages`
  if (program?.spawns) return 'the program starts other programs'
  if (isShellScript(facts)) return `${words(facts)[0]} is a shell script`
  return undefined
}

/** Ends the process on a signal that nothing else listens for. `once` has left the list when it counts. */
const PRELOAD =
  "data:text/javascript,for(const[s,c]of[['SIGTERM',143],['SIGINT',130]])process.once(s,()=>process.listenerCount(s)||process.exit(c))"

/** Addresses of the machine itself from which the start command opens a server. Fastify takes `::1` beside them, which stays. */
const OWN = ['localhost', '127.0.0.1']
/** An address in somebody's own network: https://www.rfc-editor.org/rfc/rfc1918#section-3 */
export const isPrivateAddress = (host: string): boolean =>
  /^(10(\.\d{1,3}){3}|192\.168(\.\d{1,3}){2}|172\.(1[6-9]|2\d|3[01])(\.\d{1,3}){2})$/.test(host)
/** Lets a server listen on every address that asks for one of those. */
const openFrom = (addresses: readonly string[]): string =>
  `data:text/javascript,import{Server}from'node:net';const{listen}=Server.prototype,own=[${addresses.map(address => `'${address}'`).join()}];Server.prototype.listen=function(...a){return listen.apply(this,a.map(v=>own.includes(v)&&'0.0.0.0'||v&&own.includes(v.host)&&{...v,host:'0.0.0.0'}||v))}`

/** Whether the start command does so: no variable opens the server, and only its own container would reach it. */
export const opens = (facts: NodeFacts): boolean =>
  facts.program?.local !== undefined &&
  (OWN.includes(facts.program.local) || isPrivateAddress(facts.program.local)) &&
  facts.kind.value === 'web' &&
  facts.deployment.is === 'program' &&
  (facts.program.runs.is === 'node' || facts.program.runs.is === 'typescript') &&
  // `--import` is there since 18.18.
  Number(facts.line.cycle) >= 18 &&
  !isHooked(facts)

/** How the container ends: by the program itself, by a listener that is added, or by an init that reaps too. */
export type Shutdown = 'handled' | 'preload' | 'init'

export function shutdown(facts: NodeFacts): Shutdown {
  const { program, line, kind, deployment } = facts
  if (deployment.is !== 'program') return program?.handlesSigterm ? 'handled' : 'preload'
  if (program?.handlesSigterm || kind.value === 'cli') return 'handled'
  return isShellScript(facts) ||
    isHooked(facts) ||
    program?.spawns ||
    Number(line.cycle) < 20 ||
    program?.runs.is === 'bun'
    ? 'init'
    : 'preload'
}

/**
 * Whether modules that are required first translate the program: with `--import` Node.js takes its first file for an
 * ES module, which those never see. https://nodejs.org/api/module.html#enabling
 */
const isHooked = (facts: NodeFacts): boolean =>
  words(facts).some((word, index, all) => {
    const name = /^(-r|--require)$/.test(word) ? all[index + 1] : /^--require=(.+)/.exec(word)?.[1]
    return name !== undefined && (name === 'esm' || TS_HOOK.test(name))
  })

/** Whether a package's program is what pnpm writes for it: a script of a shell, which starts Node.js itself. */
const isShellScript = (facts: NodeFacts): boolean =>
  facts.manager.id === 'pnpm' &&
  facts.program !== undefined &&
  words(facts)[0]?.startsWith(facts.program.bins) === true

/** The words after `node`. */
function words(facts: NodeFacts): readonly string[] {
  const { program, deployment } = facts
  if (deployment.is === 'bundle') return [deployment.entry]
  if (!program) return []
  const { runs } = program
  const args = resolved(runs.args, facts.port?.value)
  switch (runs.is) {
    case 'node':
      return [...runs.flags, runs.entry, ...args]
    case 'bin':
      return [`${program.bins}${runs.name}`, ...args]
    case 'bun':
      return [runs.entry, ...args]
    case 'typescript':
      return [...hook(runs, program.bins), ...(runs.preload ?? []), runs.entry, ...args]
  }
}

const ENDED = 'As PID 1 Node.js would ignore SIGTERM: end on it, unless the program listens for it itself'
const opening = (address: string) =>
  OWN.includes(address)
    ? {
        code: openFrom(OWN),
        why: 'The code listens on localhost, which nothing outside of the container reaches: on every address instead',
      }
    : {
        code: openFrom([...OWN, address]),
        why: 'The code listens on an address that no container has: on every address instead',
      }

export function launch(facts: NodeFacts, runtime: Runtime, given?: readonly string[]): Launch {
  const how = shutdown(facts)
  const preloads = [
    ...(opens(facts) ? [opening(facts.program?.local ?? 'localhost')] : []),
    ...(how === 'preload' ? [{ code: PRELOAD, why: ENDED }] : []),
  ]
  const args = [...preloads.flatMap(({ code }) => ['--import', code]), ...(given ?? words(facts))]
  const node: Exec = isShellScript(facts) ? (args as unknown as Exec) : [runtime.node, ...args]
  const distroless = runtime.image.family === 'distroless'
  const command = distroless && how !== 'init' ? (args as unknown as Exec) : node
  const cli = facts.kind.value === 'cli'
  return {
    image: runtime.image,
    user: runtime.user,
    port: facts.port?.value,
    reasons: preloads.map(({ why }) => why),
    healthcheck: facts.kind.value === 'web' ? healthcheck(facts, runtime.node) : undefined,
    ...(cli ? { entrypoint: node } : { entrypoint: how === 'init' ? ['/tini', '--'] : undefined, command }),
  }
}

/** A request by the runtime itself: these images have no curl. Without a known route any answer that is no failure counts. */
function healthcheck({ program, port, line }: NodeFacts, node: string): Exec {
  const variable = program?.portVariable
  const number = port?.value ?? 3000
  const authority =
    variable && /^\w+$/.test(variable)
      ? `127.0.0.1:\${process.env.${variable} || ${number}}`
      : `127.0.0.1:${number}`
  const url = `\`http://${authority}${program?.health ?? '/'}\``
  // Node.js has fetch since version 18.
  if (Number(line.cycle) < 18)
    return [
      node,
      '-e',
      `require('http').get(${url}, r => process.exit(r.statusCode < 500 ? 0 : 1)).on('error', () => process.exit(1))`,
    ]
  const healthy = program?.health ? 'r.ok' : 'r.status < 500'
  return [node, '-e', `fetch(${url}).then(r => process.exit(${healthy} ? 0 : 1), () => process.exit(1))`]
}
