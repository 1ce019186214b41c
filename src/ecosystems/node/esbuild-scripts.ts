import type { Project } from '../../project/project.ts'
import type { App } from './app.ts'
import { evaluate } from './evaluate.ts'
import { table, texts } from './manifest.ts'
import { join, sharedFolder } from './paths.ts'
import type { Command } from './scripts.ts'
import { parseModule } from './syntax.ts'

/** The settings of a call, as far as the code says them. */
export type Part = Readonly<Record<string, unknown>>

/** What a script may hand to a bundler: every object in it. */
export function callsIn(project: Project, script: string): readonly Part[] {
  const module = parseModule(project, script)
  const calls: Part[] = []
  module?.tree.iterate({
    enter({ node }) {
      if (node.name === 'ObjectExpression') calls.push(table(evaluate(module, node).value))
    },
  })
  return calls
}

export interface Bundle {
  readonly source: string
  readonly path: string
  /** Whether it is CommonJS, which esbuild makes for Node.js unless it is told otherwise: https://esbuild.github.io/api/#format */
  readonly commonJs: boolean
}

/**
 * What esbuild makes in scripts that the build runs: the file that is told, or one of the source's name in the folder
 * that is. https://esbuild.github.io/api/#outdir
 */
export function bundlesOf({ project }: App, build: readonly Command[]): readonly Bundle[] {
  const scripts = build.flatMap(({ words, dir = '' }) => words.slice(1).map(word => join(dir, word)))
  return scripts
    .filter(path => /(?<!\.config)\.[cm]?[jt]s$/.test(path) && project.has(path))
    .flatMap(path => callsIn(project, path))
    .flatMap(({ entryPoints, outfile, outdir, platform, format = 'cjs' }) => {
      const sources = texts(entryPoints).map(path => join(path))
      const depth = sharedFolder(sources).length
      const commonJs = platform === 'node' && format === 'cjs'
      return sources.flatMap(source => {
        const inner = source.slice(depth && depth + 1).replace(/\.[cm]?[jt]sx?$/, '.js')
        const path = typeof outdir === 'string' ? join(outdir, inner) : outfile
        return typeof path === 'string' ? [{ source, path: join(path), commonJs }] : []
      })
    })
}
