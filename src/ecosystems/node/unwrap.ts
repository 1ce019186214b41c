import { joinOutward } from './paths.ts'
import type { Command } from './scripts.ts'

/** How package managers are sent to another folder. */
const FOLDER = /^(--prefix|--cwd|--dir|-C)(=|$)/

/** Words before the command proper, each with the options that it takes itself. */
const WRAPPERS: readonly (readonly [program: RegExp, rest: RegExp])[] = [
  [/^(if|then|elif|else|while|do|!)$/, /^$/],
  [/^(cross-env|cross-env-shell|env|exec|time|nohup|sudo|better-npm-run)$/, /^$/],
  [/^(npx|bunx|pnpx)$/, /^(-y|--yes|--no-install|--no|-q|--quiet|--bun|--)$/],
  [
    /^(dotenv|dotenvx|dotenv-flow|env-cmd|doppler|infisical|op|withenv)$/,
    /^(run|--|-[a-z]|--\S+|\.env\S*|\S*\/\.env\S*)$/,
  ],
]

/** `node --flag node_modules/.bin/vite`, `node node_modules/vuepress/cli.js`, `./node_modules/@angular/cli/bin/ng.js`: a package's program by its path. */
function byPath(words: readonly string[]): readonly string[] {
  const entry = words[0] === 'node' ? words.findIndex((word, index) => index > 0 && !word.startsWith('-')) : 0
  const [, folder, file = ''] =
    /^(?:\.\/)?node_modules\/(\.bin|(?:@[^/]+\/)?[^/]+)\/(?:(?:bin|dist|lib)\/)*([^/]+?)(?:\.[cm]?js)?$/.exec(
      words[entry] ?? '',
    ) ?? []
  if (folder === undefined) return words
  const name = file === 'cli' ? folder.replace(/^@[^/]+\//, '') : file
  return folder === '.bin' || TOOLS.test(name) ? [name, ...words.slice(entry + 1)] : words
}

/** Makers of sites that are started by their path, to give Node.js more memory, and compilers. */
const TOOLS =
  /^(tsc|ng|vite|webpack|next|nuxt|nuxi|gatsby|docusaurus|vuepress|vitepress|vue-cli-service|react-scripts|astro|hexo|umi|max|ember|parcel|rollup|gulp|grunt)$/

/** A command without what only sets variables for it, finds its program or sends it to another folder. */
export function unwrap(command: Command): Command {
  const [first = '', second = '', ...rest] = command.words
  const direct = byPath(command.words)
  if (direct !== command.words) return unwrap({ ...command, words: direct })
  const assignment = /^([A-Za-z_]\w*)=([\s\S]*)$/.exec(first)
  if (assignment?.[1])
    return unwrap({
      ...command,
      env: { ...command.env, [assignment[1]]: assignment[2] ?? '' },
      words: command.words.slice(1),
    })
  // The variable is whatever runs the script; webpack's program has two names.
  const program = first
    .replace(/^(\.\/)?node_modules\/\.bin\//, '')
    .replace(/^\$\{npm_execpath\}$/, 'npm')
    .replace(/^webpack-cli$/, 'webpack')
  if (/^(npm|pnpm|yarn|bun)$/.test(program) && /^(exec|dlx|x)$/.test(second))
    return unwrap({ ...command, words: rest.filter((word, index) => index > 0 || word !== '--') })
  const elsewhere = /^(npm|pnpm|yarn|bun)$/.test(program)
    ? command.words.findIndex(word => FOLDER.test(word))
    : -1
  if (elsewhere > 0) {
    const [option = '', inline] = (command.words[elsewhere] ?? '').split('=')
    const folder = inline ?? command.words[elsewhere + 1]
    const words = command.words.toSpliced(elsewhere, inline === undefined ? 2 : 1)
    if (option && folder && !folder.startsWith('/'))
      return unwrap({ ...command, words, dir: joinOutward(folder) })
  }
  const wrapper = WRAPPERS.find(([name]) => name.test(program))
  if (!wrapper) return { ...command, words: withoutUnset([program, ...command.words.slice(1)]) }
  const words = command.words.slice(1)
  const own: string[] = []
  while (words[0] !== undefined && wrapper[1].test(words[0])) own.push(words.shift() ?? '')
  const envFile = own.find(word => /(^|\/)\.env/.test(word))
  return unwrap({ ...command, words, ...(envFile !== undefined && { envFile: joinOutward(envFile) }) })
}

/** `node $NODE_OPTIONS server.js`: what nothing sets is no word to a shell, and no file to start. */
function withoutUnset([program = '', ...args]: readonly string[]): readonly string[] {
  const entry = RUNNERS.test(program) ? args.findIndex(word => !isFlag(word) && !isUnset(word)) : -1
  return [program, ...args.filter((word, index) => index >= entry || !isUnset(word))]
}

const RUNNERS = /^(node|nodejs|nodemon|ts-node|tsx)$/
const isFlag = (word: string): boolean => word.startsWith('-')
const isUnset = (word: string): boolean => /^\$\{\w+\}$/.test(word)
