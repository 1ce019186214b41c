import { join } from './paths.ts'
import { commandsOf } from './scripts.ts'

/** The folder of sources that Babel's command translates, and the one that it puts them in. */
export interface Transpiled {
  readonly rootDir: string
  readonly outDir: string
}

/** Options of Babel's command that have no value: https://babeljs.io/docs/babel-cli */
const FLAGS =
  /^(-w|-D|-s|--(watch|copy-files|no-copy-ignored|copy-ignored|verbose|quiet|source-maps|no-comments|comments|delete-dir-on-start|include-dotfiles|keep-file-extension|compact|minified|no-babelrc|skip-initial-build|relative))$/

/** Of all scripts: `babel server-side -d dist` makes `dist/index.js` from `server-side/index.js`. */
export function transpiled(scripts: Readonly<Record<string, string>>): readonly Transpiled[] {
  return Object.values(scripts)
    .flatMap(commandsOf)
    .flatMap(({ words, dir = '' }) => {
      const [out, sources] = words[0] === 'babel' ? read(words.slice(1)) : []
      const [source] = sources ?? []
      // Of several folders each is its own root.
      return out === undefined || source === undefined || dir.startsWith('..')
        ? []
        : [{ rootDir: join(dir, folder(source)), outDir: join(dir, out) }]
    })
}

const folder = (source: string): string => (/\.[cm]?[jt]sx?$/.test(source) ? join(source, '..') : source)

function read(words: readonly string[]): readonly [out: string | undefined, sources: readonly string[]] {
  let out: string | undefined
  const sources: string[] = []
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index] ?? ''
    const [name = '', value] = word.split('=', 2)
    if (!word.startsWith('-')) sources.push(word)
    else if (/^(-d|--out-dir)$/.test(name)) out = value ?? words[++index]
    else if (value === undefined && !FLAGS.test(name)) index += 1
  }
  return [out, sources]
}
