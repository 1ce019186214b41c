import { cycleOf, supported } from '../../knowledge/releases.ts'
import { type Project, parseObject } from '../../project/project.ts'
import { type Embeds, frontEndOf } from './embed.ts'
import type { FrontEnd } from './facts.ts'
import { join } from './modules.ts'

const LOCKFILES = [
  ['pnpm', 'pnpm-lock.yaml'],
  ['yarn', 'yarn.lock'],
  ['npm', 'package-lock.json'],
  ['npm', 'npm-shrinkwrap.json'],
] as const

/** The front end whose build writes what the program embeds and git lacks. */
export function findFrontEnd(project: Project, { missing }: Embeds): FrontEnd | undefined {
  for (const { path } of missing) {
    const dir = frontEndOf(project, path)
    const manifest = dir === undefined ? undefined : parseObject(project, join(dir, 'package.json'))
    const scripts = manifest?.scripts
    if (
      dir === undefined ||
      !manifest ||
      typeof scripts !== 'object' ||
      scripts === null ||
      !('build' in scripts)
    )
      continue
    const stated = /^(npm|pnpm|yarn)@(\d+\.\d+\.\d+)/.exec(String(manifest.packageManager ?? ''))
    const locked = LOCKFILES.find(([, file]) => project.has(join(dir, file)))
    const manager = (stated?.[1] as FrontEnd['manager'] | undefined) ?? locked?.[0] ?? 'npm'
    return {
      dir,
      manager,
      managerVersion: stated?.[2],
      lockfile: locked?.[0] === manager ? locked[1] : undefined,
      script: 'build',
      beside: ['.npmrc', '.yarnrc', 'pnpm-workspace.yaml', '.pnpmfile.cjs'].filter(file =>
        project.has(join(dir, file)),
      ),
      output: path,
      node: nodeLine(manifest),
    }
  }
  return undefined
}

/** `engines.node` names a line that is there, or the newest with long-term support. */
function nodeLine(manifest: Readonly<Record<string, unknown>>): string {
  const { engines } = manifest
  const stated =
    typeof engines === 'object' && engines !== null && 'node' in engines ? String(engines.node) : ''
  const exact = /^[v^~=]*(\d+)(\.|$)/.exec(stated)?.[1]
  return (exact && cycleOf('node', exact)?.cycle) ?? supported('node')[0]?.cycle ?? 'lts'
}
