import { type ParseError, parse } from 'jsonc-parser'
import type { App } from './app.ts'
import { readConfig } from './config.ts'
import { table, text } from './manifest.ts'
import type { Command } from './scripts.ts'

const SETTINGS = ['.babelrc', '.babelrc.json', 'babel.config.json']

/**
 * What Babel has a program load beside its own imports, where only development installs it: polyfills and helpers.
 * https://babeljs.io/docs/babel-preset-env#usebuiltins, https://babeljs.io/docs/babel-plugin-transform-runtime
 * @returns for each package the file that asks for it
 */
export function babelHelpers(app: App, build: readonly Command[]): ReadonlyMap<string, string> {
  const { project, manifest, lock } = app
  if (!build.some(({ words }) => words[0] === 'babel')) return new Map()
  const file = SETTINGS.find(path => project.has(path))
  const script = file === undefined ? readConfig(project, 'babel.config') : undefined
  const path = file ?? script?.path ?? 'package.json'
  const settings = table(file === undefined ? manifest.raw.babel : lenient(project.text(file) ?? ''))
  const presets = entries(script?.get('presets') ?? settings.presets)
  const plugins = entries(script?.get('plugins') ?? settings.plugins)
  const names = [
    ...presets.flatMap(([, options]) => (text(options.useBuiltIns) ? ['core-js'] : [])),
    ...plugins.flatMap(([name, options]) =>
      /^@babel\/(plugin-)?transform-runtime$/.test(name)
        ? [options.corejs ? '@babel/runtime-corejs3' : '@babel/runtime']
        : [],
    ),
  ]
  const lacks = (name: string) =>
    !Object.hasOwn(manifest.dependencies, name) &&
    lock.packages.some(item => item.name === name) &&
    !lock.packages.some(item => item.name === name && item.production)
  return new Map(names.filter(lacks).map(name => [name, path]))
}

/** Babel reads JSON5: what goes beyond comments and commas tells nothing here, and is no error of the project's. */
function lenient(content: string): unknown {
  const errors: ParseError[] = []
  const value: unknown = parse(content, errors, { allowTrailingComma: true })
  return errors.length ? undefined : value
}

/** `'name'` and `['name', { options }]` */
const entries = (value: unknown): readonly (readonly [string, Readonly<Record<string, unknown>>])[] =>
  (Array.isArray(value) ? value : []).flatMap((item: unknown) => {
    const [name, options] = Array.isArray(item) ? (item as readonly unknown[]) : [item]
    return typeof name === 'string' ? [[name, table(options)] as const] : []
  })
