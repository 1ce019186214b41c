import type { BuildOptions } from 'rolldown'
import { templates } from '../src/render/compile.ts'
import { grammars } from './grammars.ts'

/** Modules that a dependency imports for what we never call, and what stands in for them. */
const UNUSED: readonly (readonly [importer: string, id: string, standIn: string])[] = [
  // Subcommands that are programs of their own: 5 ms at each start.
  ['commander', 'node:child_process', 'export default {}'],
  // Its formatter makes a thousand texts as it is loaded, and formats nothing here.
  [
    'jsonc-parser',
    './string-intern',
    'export const cachedSpaces = [], cachedBreakLinesWithSpaces = {}, supportedEols = []',
  ],
  // Compiles its two largest patterns as it is loaded.
  ['semver', './ranges/subset', 'export default undefined'],
  // Prompts that open an editor: 200 kB of encodings.
  ['@inquirer/editor', '@inquirer/external-editor', 'export const editAsync = undefined'],
]

const withoutUnused = {
  name: 'create-dockerfile:without-unused',
  resolveId: (id: string, importer = '') =>
    UNUSED.some(([from, unused]) => unused === id && importer.replaceAll('\\', '/').includes(`/${from}/`))
      ? `\0unused:${id}`
      : undefined,
  load: (id: string) => UNUSED.find(([, unused]) => id === `\0unused:${unused}`)?.[2],
}

/** Of the hundred patterns that semver makes as it is loaded, half are for its users alone and a run needs a few of the rest. */
const lazyPatterns = {
  name: 'create-dockerfile:lazy-patterns',
  transform(source: string, id: string) {
    if (!id.replaceAll('\\', '/').endsWith('/semver/internal/re.js')) return undefined
    const code = source.replace(
      /^ {2}re\[index\] = .+\n {2}safeRe\[index\] = (new RegExp\(safe, .+\))$/m,
      '  let made\n  Object.defineProperty(safeRe, index, { get: () => (made ??= $1) })',
    )
    if (code === source) throw new Error(`${id}: its patterns are made in another way now`)
    return { code, map: null }
  },
}

/** One character outside ASCII makes V8 hold a whole chunk in two bytes a character: 3 ms at each start. */
const ascii = {
  name: 'create-dockerfile:ascii',
  generateBundle(_: unknown, files: Record<string, { code?: string }>) {
    for (const file of Object.values(files))
      if (file.code)
        file.code = file.code.replace(
          /[^\0-\x7f]/g,
          unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
        )
  },
}

/** The bundler has the bin load helpers that it doesn't call: 2 ms, as its cache isn't open yet. */
const bareBin = {
  name: 'create-dockerfile:bare-bin',
  generateBundle(_: unknown, files: Record<string, { code?: string }>) {
    const bin = files['bin.cjs']
    if (bin?.code) bin.code = bin.code.replace(/^require\("\.\/chunks\/rolldown-runtime-[\w-]+\.cjs"\);/m, '')
  },
}

/** How the package's code is bundled: dependencies inlined, templates precompiled, what is imported by `import()` in chunks of its own. */
export const BUNDLE = {
  input: { bin: 'src/bin.ts', library: 'src/index.ts' },
  platform: 'node',
  // jsonc-parser's CommonJS build can't be bundled; its ES modules can.
  resolve: { mainFields: ['module', 'main'] },
  plugins: [templates(), grammars(), lazyPatterns, withoutUnused, ascii, bareBin],
  output: {
    dir: 'dist',
    // Loads faster than ES modules do, and its compiled code can be kept (src/compile-cache.ts).
    format: 'cjs',
    minify: true,
    entryFileNames: '[name].cjs',
    chunkFileNames: 'chunks/[name]-[hash].cjs',
    // What every run needs is one file, each further one costs a millisecond; the library shares it.
    codeSplitting: {
      includeDependenciesRecursively: true,
      groups: [
        { name: 'core', test: /[\\/]src[\\/](cli|index|ecosystems[\\/]ecosystem)\.ts$/ },
        // What most languages read with.
        {
          name: 'readers',
          test: /[\\/]node_modules[\\/](semver|shell-quote|@lezer[\\/](common|lr))[\\/]|no-highlight|[\\/]knowledge[\\/]releases\.ts$/,
        },
        // A language's code is loaded when one of its projects is there, and with it its templates and what they include.
        ...['go', 'node', 'python', 'rust'].map(language => ({
          name: language,
          test: new RegExp(
            `[\\\\/](ecosystems[\\\\/]${language}[\\\\/]index\\.ts|render[\\\\/]parts[\\\\/]${language}\\.ts|templates[\\\\/]${language}[\\\\/][^\\\\/]+)$`,
          ),
        })),
      ],
    },
  },
} satisfies BuildOptions
