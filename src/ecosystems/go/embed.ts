import type { Project } from '../../project/project.ts'
import { inside, join, parent } from './modules.ts'
import type { Unit } from './source.ts'

/** What `//go:embed` asks for. */
export interface Embeds {
  /** Files that are there, from the root of the project. */
  readonly files: readonly string[]
  /** Patterns, from the root of the project, that nothing matches: generated, or a front end's build. */
  readonly missing: readonly Missing[]
}

export interface Missing {
  /** The folder or file without its pattern: `web/dist`. */
  readonly path: string
  /** The file that asks for it. */
  readonly by: string
}

/** Placeholders that keep an empty folder in git. */
const PLACEHOLDER = /(^|\/)(\.gitkeep|\.keep|\.gitignore|\.placeholder|placeholder(\.\w+)?|README\.md)$/i

/** https://pkg.go.dev/embed#hdr-Directives */
export function findEmbeds(project: Project, units: readonly Unit[]): Embeds {
  const files = new Set<string>()
  const missing = new Map<string, Missing>()
  for (const unit of units) {
    if (![...unit.imports.values()].includes('embed')) continue
    for (const pattern of directives(unit)) {
      const path = join(unit.dir, pattern.replace(/^all:/, ''))
      const found = matches(project, path)
      for (const file of found) files.add(file)
      const fixed = fixedPart(path)
      if (found.every(file => PLACEHOLDER.test(file)) && (found.length === 0 || hasManifest(project, fixed)))
        missing.set(fixed, { path: fixed, by: unit.path })
    }
  }
  return { files: [...files], missing: [...missing.values()] }
}

function directives({ tree, text }: Unit): string[] {
  const found: string[] = []
  tree.iterate({
    enter: ({ name, from, to }) => {
      const list = name === 'LineComment' ? /^\/\/go:embed\s+(.+)/.exec(text.slice(from, to))?.[1] : undefined
      if (list)
        found.push(
          ...(list.match(/"[^"]*"|`[^`]*`|\S+/g) ?? []).map(word => word.replace(/^["`]|["`]$/g, '')),
        )
      return !/^(FunctionDecl|MethodDecl|TypeDecl)$/.test(name)
    },
  })
  return found
}

function matches(project: Project, path: string): readonly string[] {
  if (project.has(path)) return [path]
  if (/[*?[]/.test(path)) return project.find(path, `${path}/**`)
  return project.dirs.has(path) || path === '.'
    ? project.files.filter(file => inside(path, file) !== undefined)
    : []
}

/** `web/dist/*.js` → `web/dist` */
function fixedPart(path: string): string {
  const parts = path.split('/')
  const pattern = parts.findIndex(part => /[*?[]/.test(part))
  return (pattern < 0 ? parts : parts.slice(0, pattern)).join('/') || '.'
}

const hasManifest = (project: Project, path: string): boolean => frontEndOf(project, path) !== undefined

/** The folder of the package.json whose build writes `path`: the nearest above it. */
export function frontEndOf(project: Project, path: string): string | undefined {
  for (let dir = parent(path); ; dir = parent(dir)) {
    if (project.has(join(dir, 'package.json'))) return dir
    if (dir === '.') return undefined
  }
}
