import type { SyntaxNode } from '@lezer/common'
import type { Project } from '../../project/project.ts'
import { evaluate } from './evaluate.ts'
import { join } from './paths.ts'
import { argumentsOf, calleeOf, type Module, textOf } from './syntax.ts'
import { readTsConfig, sourceOf } from './tsconfig.ts'

/** `require('./dist/server')`, before there is such a folder. */
export function compiledFrom(project: Project, { path }: Module, specifier: string): string | undefined {
  const target = specifier.startsWith('.') ? join(path.split('/').slice(0, -1).join('/'), specifier) : ''
  const [top = ''] = target.split('/')
  if (top === '' || project.dirs.has(top)) return undefined
  const config = readTsConfig(project)
  return /^(dist|build|lib|out)$/.test(top) || config?.outDir === top
    ? sourceOf(project, target, config)
    : undefined
}

/** `path.join(__dirname, '../defaults/config.js')`, `require(__dirname + '/config')`: a module that is loaded by its place. */
export function located(project: Project, module: Module, node: SyntaxNode): readonly string[] {
  const callee = calleeOf(module, node)
  const [argument] = argumentsOf(node)
  const loads = callee === 'require' && argument !== undefined && textOf(module, argument) === undefined
  if (!loads && !/^(path\.(posix\.)?)?(join|resolve)$/.test(callee)) return []
  const { value } = evaluate(module, loads ? argument : node)
  if (typeof value !== 'string') return []
  const path = join(value)
  return (
    ['', ...(loads ? ['.js', '.ts', '/index.js', '/index.ts'] : [])]
      .map(ending => path + ending)
      // What is compiled to that place: the worker of a cluster.
      .concat(path.replace(/js$/, 'ts'))
      .filter(file => /\.[cm]?[jt]s$/.test(file) && project.has(file))
      .slice(0, 1)
  )
}
