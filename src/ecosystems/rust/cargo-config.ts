import { type Project, parseObject } from '../../project/project.ts'
import { appliesToLinux } from './cfg.ts'
import type { CargoConfig } from './facts.ts'
import { join, strings, type Table, table, text } from './toml.ts'

/** Linkers that people name, by Debian's package. */
const LINKERS: readonly [pattern: RegExp, packages: readonly string[]][] = [
  [/(^|[\s/=])(clang)(\+\+)?($|\s)/, ['clang']],
  [/(lld|ld\.lld|rust-lld)$/, ['lld']],
  [/(^|[=/])mold$/, ['mold']],
]

/** Reads what `.cargo/config.toml` says of builds on Linux. */
export function readCargoConfig(project: Project, dir: string): CargoConfig {
  const found = [...new Set([dir, '.'])]
    .flatMap(at => [join(at, '.cargo/config.toml'), join(at, '.cargo/config')])
    .filter(path => project.has(path) && path.endsWith('.toml'))
    .map(path => parseObject(project, path) ?? {})
  const build = found.map(config => table(config.build))
  return {
    target: build.some(({ target }) => target !== undefined),
    wrapper: build.some(
      entry => entry['rustc-wrapper'] !== undefined || entry['rustc-workspace-wrapper'] !== undefined,
    ),
    packages: [...new Set(found.flatMap(linkers))].sort(),
    gitCli: found.some(config => table(config.net)['git-fetch-with-cli'] === true),
  }
}

function linkers(config: Table): readonly string[] {
  const targets = Object.entries(table(config.target))
    .filter(([name]) => appliesToLinux(name))
    .map(([, entry]) => table(entry))
  const words = [...targets, table(config.build)].flatMap(entry => [
    ...(text(entry.linker) ? [String(entry.linker)] : []),
    ...(typeof entry.rustflags === 'string' ? entry.rustflags.split(' ') : strings(entry.rustflags)),
  ])
  return LINKERS.flatMap(([pattern, packages]) => (words.some(word => pattern.test(word)) ? packages : []))
}
