import type { SyntaxNode } from '@lezer/common'
import { type Note, note } from '../../plan/notes.ts'
import { type App, uses } from './app.ts'
import { committedFiles } from './committed-env.ts'
import { docusaurusVariables } from './docusaurus-variables.ts'
import { documented, readEnv } from './env-example.ts'
import type { Framework } from './frameworks.ts'
import { standIn } from './placeholder-values.ts'
import type { Command } from './scripts.ts'
import { destructured, environmentName, type Module, parseModule, source, textOf } from './syntax.ts'
import { webpackVariables } from './webpack-variables.ts'

/** A value that a build writes into what it makes. */
export interface Baked {
  readonly name: string
  /** The default that a file of the project gives. */
  readonly value?: string
  /** Whether it is for the server alone: it comes by a mount and never as an argument. */
  readonly secret?: true
  /** Whether the default is one that lets the build end, no more. */
  readonly invented?: true
}

/** Names with these beginnings are meant for the browser, whatever framework reads them. */
const BAKED = [
  'VITE_',
  'NEXT_PUBLIC_',
  'REACT_APP_',
  'VUE_APP_',
  'NUXT_PUBLIC_',
  'PUBLIC_',
  'GATSBY_',
  'EXPO_PUBLIC_',
  'NG_APP_',
]
/** Switches of Create React App that its build reads from `.env`: https://create-react-app.dev/docs/advanced-configuration */
const SWITCHES =
  /^(SKIP_PREFLIGHT_CHECK|GENERATE_SOURCEMAP|INLINE_RUNTIME_CHUNK|DISABLE_ESLINT_PLUGIN|EXTEND_ESLINT|NODE_PATH|TSC_COMPILE_ON_ERROR|ESLINT_NO_DEV_ERRORS|IMAGE_INLINE_SIZE_LIMIT|BUILD_PATH|PUBLIC_URL)$/

/** Bounds: a large repository must not cost a second. */
const MAX_FILES = 400
const MAX_BYTES = 1_500_000
const SOURCES = /\.([cm]?[jt]sx?|vue|svelte|astro)$/
const TESTS =
  /(^|\/)(__tests__|tests?|e2e|cypress|\.storybook|node_modules)\/|\.(test|spec|stories|d)\.[cm]?[jt]sx?$/

/**
 * Values that a build writes into what the browser gets: those that a file documents, and those that the code asks
 * for. Committed defaults stay defaults: the files themselves are kept out of the build, where they could carry a secret.
 */
export function bakedValues(
  app: App,
  framework: Framework | undefined,
  build: readonly Command[],
  placeholders: Readonly<Record<string, string>>,
): readonly Baked[] {
  const named = namedValues(app, framework, build)
  const packed = webpackVariables(app, build)
    .filter(name => !named.some(item => item.name === name))
    .map(name =>
      name === 'NODE_ENV'
        ? { name, value: 'production' }
        : {
            name,
            value: '',
            ...(looksSecret(name) ? { secret: true as const } : { invented: true as const }),
          },
    )
  const told = docusaurusVariables(app).flatMap(({ name, required }): readonly Baked[] => {
    const value = standIn(name, undefined, false)
    if (named.some(item => item.name === name)) return []
    if (looksSecret(name)) return required ? [{ name, value, secret: true, invented: true }] : []
    return [required ? { name, value, invented: true } : { name }]
  })
  const found: readonly Baked[] = [...named, ...packed, ...told]
  // Modules that throw without it end the build, whoever gives the value later.
  const needed = new Map(Object.entries(placeholders))
  const known = new Set(found.map(({ name }) => name))
  const read = [...needed.keys()].filter(
    name => !known.has(name) && framework?.baked?.some(prefix => name.startsWith(prefix)),
  )
  return [...found, ...read.map(name => ({ name }))].map((item: Baked) => {
    const value = item.value ? undefined : needed.get(item.name)
    return value === undefined ? item : { ...item, value, invented: true }
  })
}

function namedValues(
  app: App,
  framework: Framework | undefined,
  build: readonly Command[],
): readonly Baked[] {
  const documented = documentedValues(app, build)
  const prefixes = framework?.baked ?? (uses(app, 'vite') ? ['VITE_'] : [])
  if (prefixes.length === 0) return documented
  const asked = askedFor(app, prefixes)
  const known = new Set(documented.map(({ name }) => name))
  const without = new Map(asked.map(item => [item.name, item]))
  return [
    // A default of the code's own stands in for one that the example leaves empty.
    ...documented.map(item => (item.value === undefined ? { ...without.get(item.name), ...item } : item)),
    ...asked.filter(({ name }) => !known.has(name)),
  ]
}

function documentedValues(app: App, build: readonly Command[]): readonly Baked[] {
  const found = new Map<string, string | undefined>()
  // SvelteKit imports them by name, and fails without: there an example's value is better than none.
  const imported = uses(app, '@sveltejs/kit')
  // Members of a workspace may share the root's.
  const places = app.root === app.project ? [app.project] : [app.root, app.project]
  const files = places.map(place => ({ place, committed: committedFiles(place, build) }))
  for (const { place, committed } of files) {
    const ofBuild = new Map(committed.map(({ path, all }) => [path, all]))
    for (const { name, value, path } of [
      ...documented(place),
      ...committed.flatMap(file => readEnv(place, file.path)),
    ]) {
      const all = ofBuild.get(path)
      const isOwn =
        all !== undefined && (SWITCHES.test(name) || (all && !looksSecret(name) && !OF_THE_SYSTEM.test(name)))
      if (!isOwn && !BAKED.some(prefix => name.startsWith(prefix))) continue
      const known = (all !== undefined || imported) && PLAIN.test(value)
      found.set(name, known ? value : found.get(name))
    }
  }
  return [...found].map(([name, value]) => ({ name, ...(value !== undefined && { value }) }))
}

/** What the image's own programs go by. */
const OF_THE_SYSTEM = /^(NODE_ENV|NODE_OPTIONS|PATH|HOME|USER|SHELL|LD_\w+)$/

/** A value that means the same to whatever reads it: `$` and quotes of a shell are for a tool to replace. */
const PLAIN = /^[^$`\\\p{C}]+$/u

/** `import.meta.env.VITE_X`, `process.env.NEXT_PUBLIC_X`, and what SvelteKit imports from `$env/static`. */
function askedFor(app: App, prefixes: readonly string[]): readonly Baked[] {
  const found = new Map<string, Baked>()
  const svelte = uses(app, '@sveltejs/kit')
  for (const module of modulesNaming(app, [...prefixes, ...(svelte ? ['$env/static'] : [])]))
    look(module, found, prefixes, svelte)
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1))
}

/** The code of a project, but for tests, that may hold one of some words: most files hold none, and needn't be parsed. */
export function* modulesNaming(app: App, words: readonly string[]): Generator<Module> {
  let bytes = 0
  const paths = app.project.files.filter(path => SOURCES.test(path) && !TESTS.test(path)).slice(0, MAX_FILES)
  for (const path of paths) {
    const text = app.project.text(path) ?? ''
    bytes += text.length
    if (bytes > MAX_BYTES) return
    const module = words.some(word => text.includes(word)) ? parseModule(app.project, path) : undefined
    if (module) yield module
  }
}

function look(module: Module, found: Map<string, Baked>, prefixes: readonly string[], svelte: boolean): void {
  const add = (name: string | undefined) => {
    // SvelteKit's own come by imports.
    const own = svelte ? name?.startsWith('VITE_') : true
    if (name && own && prefixes.some(prefix => name.startsWith(prefix))) found.set(name, { name })
  }
  module.tree.iterate({
    enter({ node }) {
      if (node.name === 'MemberExpression') add(environmentName(module, node))
      else if (node.name === 'ObjectPattern') for (const name of destructured(module, node, true)) add(name)
      else if (svelte && node.name === 'ImportDeclaration') {
        const from = textOf(module, node.getChild('String'))
        const secret = from === '$env/static/private'
        // A name that isn't set is no export, and the build fails.
        if (secret || from === '$env/static/public')
          for (const name of imported(module, node))
            if (name === 'NODE_ENV') found.set(name, { name, value: 'production' })
            else found.set(name, secret ? { name, secret } : { name, value: '' })
      }
    },
  })
}

/** `import { A, B as C } from …` → A, B */
function imported(module: Module, node: SyntaxNode): readonly string[] {
  const names: string[] = []
  const group = node.getChild('ImportGroup')
  for (let child = group?.firstChild; child; child = child.nextSibling) {
    const renamed = child.nextSibling?.name === 'as'
    const alias = child.prevSibling?.name === 'as'
    if (
      !alias &&
      /^Variable(Name|Definition)$/.test(child.name) &&
      /^[A-Z][A-Z0-9_]*$/.test(source(module, child))
    )
      names.push(source(module, child))
    else if (renamed && /^[A-Z][A-Z0-9_]*$/.test(source(module, child))) names.push(source(module, child))
  }
  return names
}

/** Names that a build check takes for secrets, whatever they hold: they come by a mount. */
const looksSecret = (name: string): boolean =>
  /(^|_)(apikey|auth|credentials?|key|password|pword|passwd|secret|token)(_|$)/i.test(name) &&
  !/public|file|version/i.test(name)

export const isSecret = ({ name, secret }: Baked): boolean => secret === true || looksSecret(name)

export const bakedMounts = ({ baked }: { readonly baked: readonly Baked[] }) =>
  baked.filter(isSecret).map(({ name }) => ({ type: 'secret' as const, id: name, env: name }))

export const inventedNotes = (baked: readonly Baked[]): readonly Note[] => {
  const invented = baked.filter(item => item.invented)
  const [first] = invented
  const given = first && isSecret(first) ? `--secret id=${first.name},env=${first.name}` : undefined
  return first
    ? [
        note(
          'BUILD_ARG_DEFAULT',
          'warning',
          `the build fails without ${invented.map(({ name }) => name).join(', ')}, which the browser gets, so each has a default that is hardly yours: docker build ${given ?? `--build-arg ${first.name}=...`}`,
        ),
      ]
    : []
}
