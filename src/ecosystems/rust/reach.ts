import { byConvention, type Fact, fact, fromFile } from '../../facts.ts'
import { type Project, parseObject } from '../../project/project.ts'
import { isLoopback } from './address.ts'
import type { Framework } from './frameworks.ts'
import type { Listening } from './listen.ts'
import type { CargoPackage } from './manifest.ts'
import { join, table } from './toml.ts'

/** How a program is made to answer from outside its container. */
export interface Reach {
  readonly port: Fact<number> | undefined
  readonly portEnv: string | undefined
  readonly env: Readonly<Record<string, string>>
  readonly args: readonly string[]
  /** The address it keeps to although nothing outside its container can reach it. */
  readonly loopback: Fact<string> | undefined
}

/**
 * Where the program listens, and what makes it listen on every address: the framework's variable, else a variable or
 * a flag of its own whose default is the loopback address.
 */
export function reachable(
  project: Project,
  own: CargoPackage,
  found: Listening,
  framework: Framework | undefined,
): Reach {
  const configured =
    framework?.crate === 'rocket' ? (rocketPort(project, own) ?? found.merged) : leptosPort(own)
  const usual =
    framework?.port === undefined
      ? undefined
      : byConvention(framework.port, `${framework.crate} listens there`)
  const port =
    framework?.port === undefined
      ? found.port
      : (configured ?? (framework.crate === 'rocket' ? usual : (found.port ?? usual)))
  const base = { port: port ?? configured, portEnv: found.portEnv ?? framework?.portEnv }
  if (framework?.env || framework?.args)
    return { ...base, env: framework.env ?? {}, args: framework.args ?? [], loopback: undefined }
  const { host } = found
  if (!host || !isLoopback(host.value)) return { ...base, env: {}, args: [], loopback: undefined }
  const everywhere = host.value.includes(':') ? '::' : '0.0.0.0'
  const bracketed = found.joined && everywhere === '::' ? '[::]' : everywhere
  const value = found.joined && base.port ? `${bracketed}:${base.port.value}` : everywhere
  if (found.hostEnv) return { ...base, env: { [found.hostEnv]: value }, args: [], loopback: undefined }
  const word = found.hostFlag && `--${found.hostFlag}`
  if (word !== undefined)
    return { ...base, env: {}, args: word ? [word, value] : [value], loopback: undefined }
  return { ...base, env: {}, args: [], loopback: host }
}

function rocketPort(project: Project, own: CargoPackage): Fact<number> | undefined {
  const path = join(own.dir, 'Rocket.toml')
  const toml = parseObject(project, path)
  for (const profile of ['release', 'production', 'default', 'global']) {
    const port = table(toml?.[profile]).port
    if (typeof port === 'number')
      return fact(port, fromFile(path, `${profile}.port`, project.line(path, profile, 'port')))
  }
  return undefined
}

function leptosPort({ metadata, manifest }: CargoPackage): Fact<number> | undefined {
  const port = Number(
    String(table(metadata.leptos)['site-addr'] ?? '')
      .split(':')
      .at(-1),
  )
  return port > 0 && port < 65536
    ? fact(port, fromFile(manifest, 'package.metadata.leptos.site-addr'))
    : undefined
}
