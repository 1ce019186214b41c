import type { SyntaxNode } from '@lezer/common'
import { type Note, note } from '../../plan/notes.ts'
import { aliasesOf } from './aliases.ts'
import type { App } from './app.ts'
import { isCalled, usedAtLoad } from './called-at-load.ts'
import { isMethod } from './demanded.ts'
import { documented } from './env-example.ts'
import { evaluate } from './evaluate.ts'
import { listedVariables } from './listed-variables.ts'
import { standIn } from './placeholder-values.ts'
import { askedBySchema, required } from './schema-variables.ts'
import { besideSettings } from './settings-files.ts'
import { argumentsOf, calleeOf, environmentName, items, type Module, parseModule, source } from './syntax.ts'
import { ends, INSIDE, isGuarded, negated, returns, takesNothing } from './tolerant.ts'
import { urlVariables } from './url-values.ts'
import { switchesOf } from './validation-switch.ts'
import { Overridable } from './value.ts'

/** Bounds: a large repository must not cost a second. */
const MAX_FILES = 400
const MAX_BYTES = 1_500_000
const SOURCES = /\.[cm]?[jt]sx?$/
/** Tests, scripts and settings of other tools: a build loads none of them. */
const ASIDE =
  /(^|\/)(__tests__|tests?|testing|__mocks__|mocks|e2e|cypress|scripts|prisma|migrations|node_modules|\.[^/]+)\/|\.(test|spec|stories|d)\.[cm]?[jt]sx?$|(^|\/)(?!next\.)[\w-]+\.config\.[cm]?[jt]s$/
/** Settings that every build of their tool runs, whatever else it loads. */
const OF_BUILD = /^(vite|svelte|astro|nuxt|app|rsbuild|react-router|vue|gatsby)[.-]config\.[cm]?[jt]s$/
/** Settings that Prisma runs as it generates a client. */
export const OF_PRISMA = /^(prisma\.config|\.config\/prisma)\.[cm]?[jt]s$/
/** How a module comes to the environment, in another one too: https://svelte.dev/docs/kit/$env-dynamic-private, https://env.t3.gg/docs/nextjs */
const READS = /process\.env|loadEnv|\.fromEnv\(|\$env\/|new URL\(|(?<![\w.])env\.[A-Z_]/
/** What pages read of it may be missing as a rule, and a default of ours would be in the browser. */
const OF_PAGES = 'import.meta.env'
const SETTINGS = /(^|\/)next\.config\.[cm]?[jt]s$/
/**
 * What packages read themselves, and throw without in production, with a value where only one of a form does:
 * https://www.better-auth.com/docs/reference/options#secret, and Clerk's, which has the address of its own service in
 * it, `example.clerk.accounts.dev$`: https://clerk.com/docs/guides/development/clerk-environment-variables
 */
const READ_BY: Readonly<Record<string, Readonly<Record<string, string | undefined>>>> = {
  'better-auth': { BETTER_AUTH_SECRET: undefined },
  // A project's name has the form of a UUID: https://docs.stack-auth.com/docs/getting-started/setup
  '@stackframe/stack': {
    NEXT_PUBLIC_STACK_PROJECT_ID: '00000000-0000-4000-8000-000000000000',
    NEXT_PUBLIC_STACK_PUBLISHABLE_CLIENT_KEY: undefined,
    STACK_SECRET_SERVER_KEY: undefined,
  },
  '@clerk/nextjs': { NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY: 'pk_test_ZXhhbXBsZS5jbGVyay5hY2NvdW50cy5kZXYk' },
}
/** What every build has in effect, where a module throws without it all the same. */
const USUAL: Readonly<Record<string, string>> = { NODE_ENV: 'production', PORT: '3000' }
/** Calls that read variables by names of their own: https://upstash.com/docs/redis/sdks/ts/getstarted#initializing-the-client */
const READ_BY_CALL: Readonly<Record<string, readonly string[]>> = {
  'Redis.fromEnv': ['UPSTASH_REDIS_REST_TOKEN', 'UPSTASH_REDIS_REST_URL'],
}
/** Functions that take nothing amiss. */
const HARMLESS = /^(Boolean|Number|String|parseInt|parseFloat|console\.\w+|JSON\.\w+|BigInt)$/

/**
 * Variables without which modules throw as they are loaded: the settings of a build, and the server's where the
 * build loads them all. Any value will do there. The example's is taken where it has one, and the switch that turns
 * a validation off.
 * @param loads whether the build loads the server's modules
 * @param own the settings that are run
 */
export function placeholders(
  app: Pick<App, 'project' | 'manifest' | 'tsconfig'>,
  loads: boolean,
  own = OF_BUILD,
): Readonly<Record<string, string>> {
  const { project, manifest } = app
  const aliases = aliasesOf(app)
  const read = new Map(
    Object.entries(loads ? READ_BY : {}).flatMap(([name, variables]) =>
      Object.hasOwn({ ...manifest.dependencies, ...manifest.devDependencies }, name)
        ? Object.entries(variables)
        : [],
    ),
  )
  const wanted = new Set(read.keys())
  const urls = new Set<string>()
  const listed = new Set<string>()
  const switches = new Set<string>()
  // `import env from './lib/env'`: what settings load runs as they do.
  const settings = project.files.filter(file => own.test(file))
  const loaded = new Set(settings.length ? besideSettings(project, settings) : settings)
  let bytes = 0
  for (const path of project.files
    .filter(
      file => own.test(file) || (SOURCES.test(file) && (loaded.has(file) || (loads && !ASIDE.test(file)))),
    )
    .slice(0, MAX_FILES)) {
    const text = project.text(path) ?? ''
    bytes += text.length
    if (bytes > MAX_BYTES) break
    // Most files read none: they needn't be parsed.
    const reads = READS.test(text)
    if (!reads && !text.includes(OF_PAGES)) continue
    const module = parseModule(project, path)
    const turned = module ? switchesOf(module) : []
    for (const name of turned) switches.add(name)
    if (!module || turned.length > 0) continue
    look(module, wanted, reads)
    for (const name of reads ? listedVariables(module, usedAtLoad(module)) : []) listed.add(name)
    for (const name of urlVariables(project, module, aliases)) urls.add(name)
  }
  const examples = new Map(documented(project).map(({ name, value }) => [name, value]))
  const named = [...new Set([...wanted, ...urls, ...listed])]
    .filter(
      name =>
        !/^(NODE_ENV|PORT|CI|VERCEL\w*|NEXT_(?!PUBLIC_)\w+)$/.test(name) ||
        (listed.has(name) && Object.hasOwn(USUAL, name)),
    )
    .sort()
  return Object.fromEntries([
    ...[...switches].sort().map(name => [name, '1']),
    ...named.map(name => [
      name,
      read.get(name) ?? USUAL[name] ?? standIn(name, examples.get(name), urls.has(name)),
    ]),
  ])
}

/** @param whole whether all that reads a variable counts, or only what makes a client by one */
function look(module: Module, all: Set<string>, whole: boolean): void {
  const wanted = new Set<string>()
  const answered = new Set<string>()
  const ofBuild = OF_BUILD.test(module.path) || OF_PRISMA.test(module.path)
  const used = usedAtLoad(module)
  const add = (node: SyntaxNode | null | undefined) => {
    for (const name of unset(module, node)) wanted.add(name)
  }
  module.tree.iterate({
    enter({ node }) {
      if (INSIDE.test(node.name)) return ofBuild ? isGiven(node) : isCalled(module, node, used)
      // Of its settings Next.js calls the functions: `async rewrites() { … }`.
      if (isMethod(node) && !SETTINGS.test(module.path)) return false
      if (node.name === 'IfStatement')
        for (const test of negated(module, node.getChild('ParenthesizedExpression')))
          if (ends(module, node)) add(test)
          else if (returns(node)) for (const name of unset(module, test)) answered.add(name)
      // What stands in a branch is reached where the variable is there.
      if (/^(IfStatement|ConditionalExpression)$/.test(node.name)) return false
      // What plugins are given may be missing.
      if (ofBuild) return true
      if (!whole) {
        if (node.name === 'CallExpression' && CLIENT.test(calleeOf(module, node)))
          passed(module, node, wanted)
      } else if (node.name === 'MemberExpression') {
        const name = usedAsIs(module, node)
        if (name && !isGuarded(module, node, [name])) wanted.add(name)
      } else if (node.name === 'CallExpression') passed(module, node, wanted)
      else if (node.name === 'NewExpression')
        for (const argument of argumentsOf(node)) {
          for (const name of lacking(module, argument)) wanted.add(name)
          for (const name of members(module, argument)) wanted.add(name)
        }
      return true
    },
  })
  for (const name of wanted) if (!answered.has(name)) all.add(name)
}

/** `defineConfig(({ mode }) => …)`, `export default () => …` */
const isGiven = (node: SyntaxNode): boolean => /^(ArgList|ExportDeclaration)$/.test(node.parent?.name ?? '')

/** `process.env.HOSTS.split(',')`, without a `?` */
function usedAsIs(module: Module, node: SyntaxNode): string | undefined {
  const [object, dot] = items(node)
  const value = object?.name === 'PostfixExpression' ? object.firstChild : object
  return value && dot && source(module, dot) === '.' && source(module, value).startsWith('process.env')
    ? environmentName(module, value)
    : undefined
}

/** `neon(process.env.URL!)`, `createEnv({ … })`, `schema.parse(process.env)` */
function passed(module: Module, node: SyntaxNode, wanted: Set<string>): void {
  const callee = calleeOf(module, node)
  const args = argumentsOf(node)
  if (Object.hasOwn(READ_BY_CALL, callee)) for (const name of READ_BY_CALL[callee] ?? []) wanted.add(name)
  else if (/(^|\.)(safeP|p)arse(Async)?$/.test(callee) && args.length > 0)
    for (const name of askedBySchema(module, node.firstChild?.firstChild, args[0])) wanted.add(name)
  else if (callee === 'createEnv' && !module.constants.has(callee))
    for (const name of required(module, node)) wanted.add(name)
  else if (!HARMLESS.test(callee))
    for (const [index, argument] of args.entries())
      for (const name of takesNothing(module, callee, index)
        ? []
        : CLIENT.test(callee)
          ? [...lacking(module, argument), ...members(module, argument)]
          : unset(module, argument))
        wanted.add(name)
}

/** What makes a client of a service, and throws on an address or a key that is empty: `createClient(url || '', …)`. */
const CLIENT = /(^|\.)(create\w*(Client|Connection|Pool)|shopifyApi)$/

/** The variable that an expression comes to, without a default. */
function unset(module: Module, node: SyntaxNode | null | undefined): readonly string[] {
  // What only a condition asks for is no value that lacks.
  if (node?.name === 'ConditionalExpression') return []
  if (node?.name === 'CallExpression' && calleeOf(module, node) === 'String')
    return unset(module, argumentsOf(node)[0])
  // `${process.env.DATABASE_URL}?sslmode=require`
  const hole = node?.name === 'TemplateString' ? node.getChild('Interpolation') : null
  if (hole && hole.from === (node?.from ?? 0) + 1) return unset(module, hole.firstChild?.nextSibling)
  const { value, env } = evaluate(module, node)
  return value === undefined && env ? [env] : []
}

/** The same, with those whose default is empty. */
function lacking(module: Module, node: SyntaxNode): readonly string[] {
  const { value, env } = evaluate(module, node)
  return value === '' && env && node.name !== 'ConditionalExpression' ? [env] : unset(module, node)
}

/** Where a client's own service is: each knows that without being told, and another address would be asked by the build. */
const OWN_DEFAULT = /^(api)?base_?(url|path)$/i

/** `{ apiKey: process.env.KEY }` */
function members(module: Module, node: SyntaxNode): readonly string[] {
  const { value } = evaluate(module, node)
  return value !== null && typeof value === 'object'
    ? Object.entries(value).flatMap(([key, member]) =>
        member instanceof Overridable && member.value === undefined && !OWN_DEFAULT.test(key)
          ? [member.env]
          : [],
      )
    : []
}

/** @param names of variables that the build gets a value for */
export const placeholderNotes = (names: readonly string[]): readonly Note[] =>
  names.length
    ? [
        note(
          'BUILD_PLACEHOLDERS',
          'info',
          `the build loads modules that throw without ${names.join(', ')}: it gets values that do for that, the container wants the real ones`,
        ),
      ]
    : []
