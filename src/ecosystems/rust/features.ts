import type { CargoPackage, Dependency } from './manifest.ts'

/** A path package as one build sees it. */
export interface Enabled {
  readonly package: CargoPackage
  readonly features: ReadonlySet<string>
  /** Dependencies that take part, with the features asked of them. */
  readonly dependencies: ReadonlyMap<Dependency, ReadonlySet<string>>
}

/**
 * Which path packages, dependencies and features take part when one package is built with its default features.
 * https://doc.rust-lang.org/cargo/reference/features.html
 * @param features beyond the default ones
 * @returns the package first, then its path dependencies as they are met
 */
export function resolveFeatures(
  start: CargoPackage,
  features: readonly string[],
  packageAt: (dir: string) => CargoPackage | undefined,
): readonly Enabled[] {
  const resolver = new Resolver(packageAt)
  resolver.visit(start)
  for (const feature of ['default', ...features]) resolver.enable(start, feature)
  resolver.settleWeak()
  return resolver.enabled()
}

interface State {
  readonly features: Set<string>
  readonly dependencies: Map<Dependency, Set<string>>
}

class Resolver {
  readonly #states = new Map<CargoPackage, State>()
  /** `dependency?/feature`: holds only if something else enables the dependency. */
  readonly #weak: { readonly in: CargoPackage; readonly key: string; readonly feature: string }[] = []

  constructor(readonly packageAt: (dir: string) => CargoPackage | undefined) {}

  enabled(): readonly Enabled[] {
    return [...this.#states].map(([found, state]) => ({ package: found, ...state }))
  }

  visit(found: CargoPackage): State {
    const known = this.#states.get(found)
    if (known) return known
    const state: State = { features: new Set(), dependencies: new Map() }
    this.#states.set(found, state)
    for (const dependency of found.dependencies) if (!dependency.optional) this.#take(found, dependency)
    return state
  }

  enable(found: CargoPackage, feature: string): void {
    const { features } = this.visit(found)
    if (features.has(feature)) return
    features.add(feature)
    const list = Object.hasOwn(found.features, feature) ? found.features[feature] : [`dep:${feature}`]
    for (const item of list ?? []) this.#expand(found, item)
  }

  settleWeak(): void {
    for (const { in: found, key, feature } of this.#weak)
      for (const dependency of this.visit(found).dependencies.keys())
        if (dependency.key === key) this.#ask(found, dependency, feature)
  }

  #expand(found: CargoPackage, item: string): void {
    const [, name = '', weak, feature] = /^([^/?]+)(\?)?(?:\/(.+))?$/.exec(item) ?? []
    if (feature === undefined && !item.startsWith('dep:')) {
      this.enable(found, item)
      return
    }
    const key = name.replace(/^dep:/, '')
    if (weak && feature) this.#weak.push({ in: found, key, feature })
    else
      for (const dependency of found.dependencies)
        if (dependency.key === key) {
          this.#take(found, dependency)
          if (feature) this.#ask(found, dependency, feature)
        }
  }

  #take(found: CargoPackage, dependency: Dependency): void {
    const { dependencies } = this.visit(found)
    if (dependencies.has(dependency)) return
    dependencies.set(dependency, new Set())
    if (dependency.defaultFeatures) this.#ask(found, dependency, 'default')
    for (const feature of dependency.features) this.#ask(found, dependency, feature)
    const target = dependency.path === undefined ? undefined : this.packageAt(dependency.path)
    if (target) this.visit(target)
  }

  #ask(found: CargoPackage, dependency: Dependency, feature: string): void {
    this.visit(found).dependencies.get(dependency)?.add(feature)
    const target = dependency.path === undefined ? undefined : this.packageAt(dependency.path)
    if (target) this.enable(target, feature)
  }
}
