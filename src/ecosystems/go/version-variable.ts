import type { Module } from './modules.ts'
import { inside } from './modules.ts'
import type { Unit } from './source.ts'

const NAMES = /^(version|appVersion|buildVersion|versionString|gitVersion)$/i
const FOLDERS = /(^|\/)(version|buildinfo|build|info|meta|cmd|cli|config)$/i

/**
 * The string variable that `-ldflags -X` can set: `main.version`, or with the import path of its package.
 * It must be a `var` with a literal or no value, as the linker can't set any other. https://pkg.go.dev/cmd/link
 */
export function versionVariable(
  units: readonly Unit[],
  main: string,
  modules: readonly Module[],
): string | undefined {
  for (const unit of units) {
    if (unit.dir !== main && !FOLDERS.test(unit.dir)) continue
    const name = stringVariable(unit)
    const path = unit.dir === main ? 'main' : importPath(unit.dir, modules)
    if (name && path && /^[\w.~/-]+$/.test(path)) return `${path}.${name}`
  }
  return undefined
}

function stringVariable({ tree, text }: Unit): string | undefined {
  for (let node = tree.topNode.firstChild; node; node = node.nextSibling) {
    if (node.name !== 'VarDecl') continue
    const specs = [
      ...node.getChildren('VarSpec'),
      ...(node.getChild('SpecList')?.getChildren('VarSpec') ?? []),
    ]
    for (const spec of specs) {
      const [name, ...more] = spec.getChildren('DefName')
      const type = spec.getChild('TypeName')
      const value = spec.getChild('=') ? spec.lastChild : null
      const settable = value ? value.name === 'String' : type && text.slice(type.from, type.to) === 'string'
      if (name && more.length === 0 && settable && NAMES.test(text.slice(name.from, name.to)))
        return text.slice(name.from, name.to)
    }
  }
  return undefined
}

function importPath(dir: string, modules: readonly Module[]): string | undefined {
  const [module] = modules
    .filter(({ dir: base }) => inside(base, dir) !== undefined)
    .sort((a, b) => b.dir.length - a.dir.length)
  const rest = module && inside(module.dir, dir)
  return module?.path ? (rest === '.' ? module.path : `${module.path}/${rest}`) : undefined
}
