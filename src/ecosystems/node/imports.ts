import type { Project } from '../../project/project.ts'
import { join } from './paths.ts'

const EXTENSIONS = [
  '',
  '.ts',
  '.js',
  '.mjs',
  '.cjs',
  '.mts',
  '.cts',
  '.tsx',
  '.jsx',
  '/index.ts',
  '/index.js',
  '/index.mjs',
  '/index.tsx',
  '/index.jsx',
]

/** `@/*` → `src/*`, from tsconfig's `paths`. */
export interface Alias {
  readonly prefix: string
  readonly target: string
  /** Whether it names one module and nothing below: `@app/common` → `libs/common/src`. */
  readonly whole?: true
}

/** Finds the file that an import means. */
export function resolveImport(
  project: Project,
  from: string,
  specifier: string,
  aliases: readonly Alias[],
): string | undefined {
  const alias = specifier.startsWith('.')
    ? undefined
    : aliases.find(({ prefix, whole }) => (whole ? specifier === prefix : specifier.startsWith(prefix)))
  if (!specifier.startsWith('.') && !alias) return undefined
  const base = alias
    ? alias.target + specifier.slice(alias.prefix.length)
    : join(from.split('/').slice(0, -1).join('/'), specifier)
  const stems = [base, base.replace(/\.([cm]?)js$/, '.$1ts'), base.replace(/\.jsx?$/, '.tsx')]
  return stems.flatMap(stem => EXTENSIONS.map(extension => stem + extension)).find(path => project.has(path))
}

/** Whether an import means a file of types alone, which only a compiler that checks them leaves out: `./user` of `user.d.ts`. */
export const isDeclared = (project: Project, from: string, specifier: string): boolean =>
  specifier.startsWith('.') && project.has(`${join(from, '..', specifier)}.d.ts`)

export const packageOf = (specifier: string): string =>
  specifier
    .replace(/^node:/, '')
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')
