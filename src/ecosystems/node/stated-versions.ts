import { type Fact, fact, fromFile } from '../../facts.ts'
import type { Project } from '../../project/project.ts'
import { type Manifest, table, text } from './manifest.ts'

/** A text of the project that says which Node.js it wants. */
export type Stated = Fact<string>

/** Everything that states a version, the most explicit first. */
export function statements(
  project: Project,
  manifest: Manifest,
  manifestPath = 'package.json',
): readonly Stated[] {
  const file = (path: string): Stated | undefined => {
    const value = project
      .text(path)
      ?.split('\n')
      .map(line => line.replace(/#.*/, '').trim())
      .find(Boolean)
    return value === undefined ? undefined : fact(value, fromFile(path))
  }
  const field = (value: string | undefined, ...keys: readonly string[]): Stated | undefined =>
    value === undefined
      ? undefined
      : fact(value, fromFile(manifestPath, keys.join('.'), project.line(manifestPath, ...keys)))
  const runtimes = [table(manifest.raw.devEngines).runtime].flat().map(table)
  return [
    file('.nvmrc'),
    file('.node-version'),
    toolVersions(project),
    mise(project),
    proto(project),
    moon(project),
    rush(project),
    field(text(table(manifest.raw.volta).node), 'volta', 'node'),
    field(text(runtimes.find(({ name }) => name === 'node')?.version), 'devEngines', 'runtime'),
    field(text(table(manifest.raw.engines).node), 'engines', 'node'),
  ].filter(found => found !== undefined)
}

function toolVersions(project: Project): Stated | undefined {
  const lines = project.text('.tool-versions')?.split('\n') ?? []
  const index = lines.findIndex(line => /^(nodejs|node)\s/.test(line))
  const value = lines[index]?.split(/\s+/)[1]
  return value ? fact(value, fromFile('.tool-versions', 'nodejs', index + 1)) : undefined
}

function mise(project: Project): Stated | undefined {
  for (const path of ['mise.toml', '.mise.toml', '.config/mise.toml', 'mise/config.toml']) {
    const { node } = table(table(project.parse(path)).tools)
    const value = text(
      Array.isArray(node)
        ? node[0]
        : typeof node === 'number'
          ? String(node)
          : (text(node) ?? table(node).version),
    )
    if (value) return fact(value, fromFile(path, 'tools.node'))
  }
  return undefined
}

/** What Moon installs tools with, and others: https://moonrepo.dev/docs/proto/config */
function proto(project: Project): Stated | undefined {
  const { node } = table(project.parse('.prototools'))
  const value = typeof node === 'number' ? String(node) : text(node)
  return value === undefined ? undefined : fact(value, fromFile('.prototools', 'node'))
}

/** https://moonrepo.dev/docs/config/toolchain#node */
function moon(project: Project): Stated | undefined {
  const path = ['.moon/toolchain.yml', '.moon/toolchains.yml'].find(file => project.has(file))
  const value = path === undefined ? undefined : text(table(table(project.parse(path)).node).version)
  return path === undefined || value === undefined ? undefined : fact(value, fromFile(path, 'node.version'))
}

/** https://rushjs.io/pages/configs/rush_json/ */
function rush(project: Project): Stated | undefined {
  const key = 'nodeSupportedVersionRange'
  const value = text(table(project.parse('rush.json'))[key])
  return value === undefined
    ? undefined
    : fact(value, fromFile('rush.json', key, project.line('rush.json', key)))
}
