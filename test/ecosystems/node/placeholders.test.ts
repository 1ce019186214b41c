import { describe, expect, test } from 'vitest'
import { readManifest } from '../../../src/ecosystems/node/manifest.ts'
import { placeholders } from '../../../src/ecosystems/node/placeholders.ts'
import { readTsConfig } from '../../../src/ecosystems/node/tsconfig.ts'
import { createFrom, projectFrom } from '../../support/project.ts'

const SECRET = 'unknown-while-the-image-is-built-000'
const of = (
  files: Readonly<Record<string, string>>,
  loads: boolean,
  dependencies: Readonly<Record<string, string>> = {},
) => {
  const project = projectFrom({ 'package.json': { dependencies }, ...files })
  const manifest = readManifest(project)
  return manifest ? placeholders({ project, manifest, tsconfig: readTsConfig(project) }, loads) : undefined
}
const read = (code: string, files: Record<string, string> = {}) => of({ 'lib/a.ts': code, ...files }, true)

test.each([
  ['./lib/env', { BUCKET: SECRET }],
  ['some-package', {}],
])('what the settings of a build load runs as they do: %s', (specifier, found) => {
  const files = {
    'nuxt.config.ts': `import env from '${specifier}'\nexport default defineNuxtConfig({ bucket: env.BUCKET })`,
    'lib/env.ts': "import { check } from './check'\nconst Schema = z.object({ BUCKET: z.string() })\ncheck(Schema)\nexport default Schema.parse(process.env)",
    'lib/check.ts': 'export const check = schema => schema.parse(process.env)',
    'server/db.ts': 'export const db = connect(process.env.DATABASE_URL)',
  } // biome-ignore format: one line a file
  expect(of(files, false)).toEqual(found)
})

describe('variables that modules throw without as they are loaded', () => {
  test.each<[string, string, Record<string, string>]>([
    ['a test that throws', "if (!process.env.MONGODB_URI) { throw new Error('x') }", { MONGODB_URI: 'mongodb://localhost/none' }],
    ['one by a name', "const key = process.env.KEY\nif (key === undefined || !process.env['OTHER']) process.exit(1)", { KEY: SECRET, OTHER: SECRET }],
    ['a client', 'export const stripe = new Stripe(process.env.STRIPE_KEY!, {})', { STRIPE_KEY: SECRET }],
    ["a client's options", "new S3({ id: process.env.S3_ID, region: process.env.REGION ?? 'eu' })", { S3_ID: SECRET }],
    ['a function', 'export const sql = neon(process.env.DATABASE_URL as string)', { DATABASE_URL: 'postgresql://none:none@localhost/none' }],
    ['a client that reads names of its own', 'export const redis = Redis.fromEnv()', { UPSTASH_REDIS_REST_TOKEN: SECRET, UPSTASH_REDIS_REST_URL: 'https://localhost' }],
    ['numbers', 'f(process.env.TRACES_SAMPLE_RATE, process.env.POOL_SIZE)', { POOL_SIZE: '1', TRACES_SAMPLE_RATE: '0' }],
    ['a schema', 'const schema = z.object({ AUTH_URL: z.string().url(), B: z.string().optional(), C: z.string().default("c") })\nschema.parse(process.env)', { AUTH_URL: 'http://localhost' }],
    ['a schema of its own library', 'createEnv({ server: { REDIS_URL: z.string(), NODE_ENV: z.enum(["a"]) }, experimental__runtimeEnv: process.env })', { REDIS_URL: 'redis://localhost' }],
    ['a switch for that', 'createEnv({ server: { A: z.string() }, skipValidation: !!process.env.CI || !!process.env.SKIP_ENV_VALIDATION, runtimeEnv: process.env })', { SKIP_ENV_VALIDATION: '1' }],
    ['a switch by its name', 'export default {}\n!process.env.SKIP_ENV_VALIDATION && (await import("./env.mjs"))\nif (!process.env.A) throw 1', { SKIP_ENV_VALIDATION: '1' }],
    ['an address that goes on', 'const sql = postgres(`${process.env.POSTGRES_URL!}?sslmode=require`)', { POSTGRES_URL: 'postgresql://none:none@localhost/none' }],
    ['none in the middle of a text', 'connect(`app-${process.env.NAME}`)', {}],
    ['a client whose default is empty', "export const admin = createClient(process.env.SERVICE_URL || '', process.env.SERVICE_KEY ?? '')", { SERVICE_KEY: SECRET, SERVICE_URL: 'http://localhost' }],
    ['none of what takes an empty one', "init({ dsn: process.env.DSN || '' })\nstart(process.env.KEY || '')", {}],
    ["a client of the file's own class", 'const uri = process.env.MONGODB_URI as string\nclass Singleton { private constructor() { this.client = new MongoClient(uri, {}) }\nstatic get instance() { return this.client } }\nexport default Singleton.instance', { MONGODB_URI: 'mongodb://localhost/none' }],
    ["a function of the file's own", 'const connect = () => new Pool(process.env.DATABASE_URL!)\nfunction stripe() { if (!process.env.KEY) throw 1 }\nexport const db = connect(), pay = stripe()', { DATABASE_URL: 'postgresql://none:none@localhost/none', KEY: SECRET }],
    ['none of a function that only has a name', "const Button = () => f(process.env.KEY!)\nButton.displayName = 'Button'", {}],
    ['none of a class that others use', 'export class A { constructor() { f(process.env.KEY) } }', {}],
    ['none of a method that others call', 'class A { go() { f(process.env.KEY) } }\nexport default new A()', {}],
    ['a schema of an object with other names', "const createEnv = () => {\nconst Schema = z.object({ API_URL: z.string(), B: z.string().optional(), C: z.string() })\nconst all = { API_URL: process.env.NEXT_PUBLIC_API_URL, B: process.env.NEXT_PUBLIC_B, C: 'c' }\nconst parsed = Schema.safeParse(all)\nif (!parsed.success) throw 1 }\nexport const env = createEnv()", { NEXT_PUBLIC_API_URL: 'http://localhost' }],
    ['none of JSON', 'const a = JSON.parse(process.env.A), b = JSON.parse({ B: process.env.B })', {}],
    ["a client's own options", 'createClient({ key: process.env.KEY, name: process.env.NAME ?? "a" })\ninit({ dsn: process.env.DSN })', { KEY: SECRET }],
    ['a method of one', "const hosts = [process.env.HOSTS.split(','), process.env.SITE!.trim(), process.env['B'].length]", { B: SECRET, HOSTS: SECRET, SITE: SECRET }],
    ['none that is asked for first', "const a = process.env.A && process.env.A.split(','), b = process.env.B?.split(','), c = process.env.npm_config", {}],
    ['none in a method', 'export default { async authorize() { return new Stripe(process.env.KEY) } }', {}],
    ['none in a function', 'export const get = () => new Stripe(process.env.KEY!)\nfunction a() { if (!process.env.B) throw 1 }', {}],
    ['none in a branch', 'const a = process.env.KEY ? new Stripe(process.env.KEY) : null\nif (process.env.B) init(process.env.B)', {}],
    ['none that has a default', "new Pool(process.env.URL || 'x')\nparseInt(process.env.N)", {}],
    ['none that a condition asks for', "get('A_HOST', process.env.A ? undefined : null)", {}],
    ["none for a client's own address", 'new Client({ baseURL: process.env.BASE, apiBaseUrl: process.env.API })', {}],
    ['none of a function that does without', 'const limit = limitOf(process.env.LIMIT)\nfunction limitOf(text: string | undefined) { return Number(text) || 10 }', {}],
    ['none of one that returns before it throws', 'export const limit = limitOf(process.env.LIMIT)\nexport function limitOf(text?: string) { if (!text) return 10\nif (isNaN(+text)) throw 1 }', {}],
    ['one of a function that throws', "const key = must(process.env.KEY)\nfunction must(text: string | undefined) { if (!text) throw new Error('x'); return text }", { KEY: SECRET }],
    ["none of Next.js's own", 'f(process.env.NEXT_RUNTIME)', {}],
    ['a list that is gone through', "const names = ['API_KEY', 'NODE_ENV', 'PORT']\nconst load = () => { names.forEach((name) => { if (!process.env[name]) throw new Error(name) }) }\nexport const env = load()", { API_KEY: SECRET, NODE_ENV: 'production', PORT: '3000' }],
    ['a list in a loop', "for (const name of ['API_KEY', 'B'] as const) if (!process.env[name]) { console.error(name); process.exit(1) }", { API_KEY: SECRET, B: SECRET }],
    ['a list of which some are missed', "const required = ['API_KEY']\nconst missing = required.filter(key => !process.env[key])\nif (missing.length > 0) throw new Error(missing.join())", { API_KEY: SECRET }],
    ['a list whose missed ones are kept', "function check() { const all: string[] = []\nfor (const key of REQUIRED) { if (!process.env[key]) all.push(key) }\nif (all.length) throw 1 }\nconst REQUIRED = ['API_KEY']\ncheck()", { API_KEY: SECRET }],
    ['none of a list that is only warned of', "['API_KEY'].forEach(name => { if (!process.env[name]) console.warn(name) })", {}],
    ['none of a list in a function', "export function check() { ['API_KEY'].forEach(name => { if (!process.env[name]) throw 1 }) }", {}],
    ['none of another list', "const names = ['API_KEY']\nconst own = Object.keys(x)\nown.forEach(key => { if (!process.env[key]) throw names })", {}],
    ['none of a callback that waits', "on('start', name => { if (!process.env[name]) throw 1 })", {}],
  ])('%s', (_, code, values) => {
    expect(read(code)).toEqual(values)
  }) // biome-ignore format: one row a piece of code

  test("have the example's values, where it has some", () => {
    const code = 'if (!process.env.A || !process.env.B || !process.env.C || !process.env.D) throw 1'
    const files = { '.env.example': 'A="https://a.example/x"\nB=\nC=sk_***\nD=sk_...' }
    expect(read(code, files)).toEqual({ A: 'https://a.example/x', B: SECRET, C: SECRET, D: SECRET })
  })

  test.each([
    [true, { BETTER_AUTH_SECRET: SECRET }],
    [false, {}],
  ])('a package reads one itself, where its module is loaded: %s', (loads, values) => {
    expect(of({}, loads, { 'better-auth': '1.3.0' })).toEqual(values)
  })

  test('tests, scripts and tools are not loaded', () => {
    const code = 'if (!process.env.A) throw 1'
    const files = { 'drizzle.config.ts': code, 'scripts/seed.ts': code, 'a.test.ts': code }
    expect(read('', files)).toEqual({})
    expect(read('', { 'next.config.ts': code })).toEqual({ A: SECRET })
    expect(of({ 'lib/a.ts': code }, false)).toEqual({})
  })

  test('what a client takes of a module of settings, which a switch tells to check nothing', () => {
    const env = 'export const env = createEnv({ server: { KEY: z.string() }, skipValidation: !!process.env.SKIP_ENV_VALIDATION, runtimeEnv: process.env })'
    const client = "import { env } from './env'\nexport const mail = new Resend(env.KEY)\nexport const lazy = () => new Resend(env.LATER)"
    expect(read(client, { 'lib/env.ts': env })).toEqual({ KEY: SECRET, SKIP_ENV_VALIDATION: '1' })
  }) // biome-ignore format: two modules

  test.each<[string, string, Record<string, string>]>([
    ['called', '', { API_URL: 'http://localhost' }],
    ['that do without', 'if (!process.env.API_URL) return []', {}],
    ['that do without, in a block', 'if (!process.env.API_URL) { return [] }', {}],
  ])('functions of the settings are %s', (_, guard, values) => {
    const code = `export default { async rewrites() { ${guard}\nreturn at(new URL(process.env.API_URL).host) } }`
    expect(read('', { 'next.config.ts': code })).toEqual(values)
  })
})

describe('addresses that are parsed where pages are rendered', () => {
  const SITE = {
    'lib/site.ts':
      'export const site = { name: "a", url: process.env.NEXT_PUBLIC_SITE }\nexport const HOME = process.env.HOME_PAGE',
  }
  test.each<[string, string, Record<string, string>, Record<string, string>]>([
    ['in a function', 'export function generateMetadata() { return { metadataBase: new URL(process.env.NEXT_PUBLIC_SITE!) } }', {}, { NEXT_PUBLIC_SITE: 'http://localhost' }],
    ['with a path', 'export const at = path => new URL(`${process.env.SITE_URL}/${path}`)', {}, { SITE_URL: 'http://localhost' }],
    ['with a path, added', "export const at = path => new URL(process.env.SITE_URL + '/a')", {}, { SITE_URL: 'http://localhost' }],
    ['as a base', "export const at = path => new URL(path, process.env.SITE)", {}, { SITE: 'http://localhost' }],
    ['of another module', "import { site } from './site'\nexport const metadata = { metadataBase: new URL(site.url) }", SITE, { NEXT_PUBLIC_SITE: 'http://localhost' }],
    ['of another module, by a name', "import { HOME } from '@/lib/site'\nexport const a = () => new URL(HOME)", { ...SITE, 'tsconfig.json': '{ "compilerOptions": { "paths": { "@/*": ["./*"] } } }' }, { HOME_PAGE: 'http://localhost' }],
    ["by the example's", 'const a = () => new URL(process.env.SITE)', { '.env.example': 'SITE=https://a.example\n' }, { SITE: 'https://a.example' }],
    ["by none of the example's", 'const a = () => new URL(process.env.SITE)', { '.env.example': 'SITE=a.example\n' }, { SITE: 'http://localhost' }],
    ['with a default', "const a = () => new URL(process.env.SITE ?? 'https://a.example')", {}, {}],
    ['with a scheme', 'const a = () => new URL(`https://${process.env.SITE}`)', {}, {}],
    ['where it is there', 'const a = () => process.env.SITE ? new URL(process.env.SITE) : undefined', {}, {}],
    ['where it is there, by a test', 'function a() { if (!process.env.SITE) return\nreturn new URL(process.env.SITE) }', {}, {}],
    ['where it is there, in short', 'const a = () => process.env.SITE && new URL(process.env.SITE)', {}, {}],
    ['and may fail', 'function a() { try { return new URL(process.env.SITE) } catch {} }', {}, {}],
    ['by a request', "'use server'\nexport async function a() { new URL(process.env.SITE) }", {}, {}],
    ['of a file', "const a = () => new URL('./a.png', import.meta.url) + process.env.A", {}, {}],
  ])('%s', (_, code, files, values) => {
    expect(read(code, files)).toEqual(values)
  }) // biome-ignore format: one row a piece of code
})

describe('settings that a build runs, whatever else it loads', () => {
  test.each<[string, string, Record<string, string>]>([
    ['throw', "export default defineConfig(({ mode }) => { const env = loadEnv(mode, '.', ''); if (!env.API) throw 1 })", { API: SECRET }],
    ['throw without more', 'if (!process.env.API) throw 1', { API: SECRET }],
    ['only give plugins what they may lack', 'export default { plugins: [sentry({ token: process.env.A }), b(process.env.B)] }', {}],
    ['throw where a server of development starts', 'export default { server: { proxy: { configure() { if (!process.env.A) throw 1 } } } }', {}],
  ])('%s', (_, code, values) => {
    expect(of({ 'vite.config.ts': code }, false)).toEqual(values)
  }) // biome-ignore format: one row a piece of code
})

test.each<[string, string, string]>([
  ['at run time', "import { env } from '$env/dynamic/private'\nif (!env.KEY) throw 1", `KEY=${SECRET} npm run build`],
  ['as it is built', "import { KEY } from '$env/static/private'\nif (!KEY) throw 1", `KEY="\${KEY:-${SECRET}}" npm run build`],
  ['as it is built, which do without', "import { KEY } from '$env/static/private'\nexport const key = KEY", 'KEY="${KEY:-}" npm run build'],
  ['as it is built, and that its tools set', "import { NODE_ENV } from '$env/static/private'\nf(NODE_ENV)", 'ARG NODE_ENV=production'],
  ['as it is built, for the browser', "import { PUBLIC_A } from '$env/static/public'\ncreateClient(PUBLIC_A)", `ARG PUBLIC_A=${SECRET}`],
  ['by Vite', 'createClient(String(import.meta.env.VITE_URL), import.meta.env.VITE_ANON_KEY)', `VITE_ANON_KEY="\${VITE_ANON_KEY:-${SECRET}}" npm run build`],
  ['by Vite, which pages may lack', 'init(import.meta.env.VITE_ID)\nnew Tracker(import.meta.env.VITE_ID)', 'ARG VITE_ID'],
])("SvelteKit's build loads modules that throw without values given %s", async (_, code, line) => {
  const { dockerfile } = await createFrom({
    'package.json': { scripts: { build: 'vite build' }, devDependencies: { '@sveltejs/kit': '2.0.0', '@sveltejs/adapter-node': '5.0.0' } },
    'package-lock.json': { lockfileVersion: 3, packages: {} },
    'svelte.config.js': "import adapter from '@sveltejs/adapter-node'\nexport default { kit: { adapter: adapter() } }",
    'src/lib/server/db.ts': code,
  })
  expect(dockerfile).toContain(`${line}\n`)
}) // biome-ignore format: one row a piece of code

test.each([{}, { '.env.example': 'NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY=pk_test_...\n' }])(
  'a key of a form that a package reads itself, and the browser gets: %o',
  async files => {
    const { dockerfile, notes } = await createFrom({
      'package.json': {
        scripts: { build: 'next build' },
        dependencies: { next: '16.0.0', '@clerk/nextjs': '6.0.0' },
      },
      'package-lock.json': { lockfileVersion: 3, packages: {} },
      ...files,
    })
    expect(dockerfile).toMatch(/^ARG NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY=pk_test_\w{36}$/m)
    expect(dockerfile.match(/CLERK/g)).toHaveLength(1)
    expect(notes.map(({ code }) => code)).toContain('BUILD_ARG_DEFAULT')
  },
)

test('only the command of the build has them, and a note says so', async () => {
  const files = {
    'package.json': { scripts: { build: 'next build' }, dependencies: { next: '16.0.0' } },
    'package-lock.json': { lockfileVersion: 3, packages: {} },
    'lib/db.ts': 'export const db = new Pool(process.env.DB_URL)',
  }
  const { dockerfile, notes } = await createFrom(files)
  expect(dockerfile.match(/.*DB_URL.*/g)).toEqual([
    '    DB_URL=postgresql://none:none@localhost/none NEXT_PRIVATE_STANDALONE=true npm run build',
  ])
  expect(notes.map(({ code }) => code)).toContain('BUILD_PLACEHOLDERS')
})

test('what the browser gets is an argument with a default, and a warning', async () => {
  const files = {
    'package.json': { scripts: { build: 'next build' }, dependencies: { next: '16.0.0' } },
    'package-lock.json': { lockfileVersion: 3, packages: {} },
    '.env.example': 'NEXT_PUBLIC_URL=https://a.example\nNEXT_PUBLIC_TITLE=\n',
    'lib/a.ts': 'createClient(process.env.NEXT_PUBLIC_URL!, process.env.NEXT_PUBLIC_ANON_KEY!)',
  }
  const { dockerfile, notes } = await createFrom(files)
  expect(dockerfile).toContain(
    `ARG NEXT_PUBLIC_URL=https://a.example\nARG NEXT_PUBLIC_TITLE\nARG NEXT_PUBLIC_ANON_KEY=${SECRET}\n`,
  )
  expect(dockerfile).not.toMatch(/NEXT_PUBLIC_URL=\S+ .*npm/)
  expect(notes.map(({ code }) => code)).toContain('BUILD_ARG_DEFAULT')
  expect(notes.map(({ code }) => code)).not.toContain('BUILD_PLACEHOLDERS')
})

test("Prisma's configuration has an address where a script generates the client", async () => {
  const { dockerfile, candidate } = await createFrom({
    'package.json': {
      scripts: { build: 'prisma generate && tsc', start: 'node dist/a.js' },
      dependencies: { '@prisma/client': '7.0.0' },
      devDependencies: { prisma: '7.0.0', typescript: '5' },
    },
    'package-lock.json': { lockfileVersion: 3, packages: {} },
    'prisma/schema.prisma': 'datasource db {\n  provider = "postgresql"\n}\n',
    'prisma.config.ts': "export default defineConfig({ datasource: { url: env('PG_URL') } })",
    'tsconfig.json': { compilerOptions: { outDir: 'dist', rootDir: 'src' } },
    'src/a.ts': '',
  })
  expect(dockerfile).toContain(
    'RUN PG_URL=postgresql://none PRISMA_SCHEMA_ENGINE_BINARY=/bin/true npm run build\n',
  )
  expect(candidate.facts.env?.value).toEqual(['PG_URL'])
})

test.each([
  ['as the step does', ''],
  ['from the schema that it names', ' --schema ./db/schema.prisma'],
])('a script after the install that generates the client too, %s, does the rest', async (_, option) => {
  const schema = option ? 'db/schema.prisma' : 'prisma/schema.prisma'
  const { dockerfile } = await createFrom({
    'package.json': {
      scripts: { postinstall: `prisma generate${option} && next-ws patch --yes`, build: 'next build' },
      dependencies: { '@prisma/client': '7.8.0', next: '16.0.0', 'next-ws': '2' },
      devDependencies: { prisma: '7.8.0' },
    },
    'package-lock.json': { lockfileVersion: 3, packages: {} },
    [schema]: 'datasource db {\n  provider = "postgresql"\n}\n',
    'prisma.config.ts': "export default { datasource: { url: env('DATABASE_URL') } }",
    'app/page.tsx': '',
  })
  expect(dockerfile).toContain(`/bin/true npx prisma generate${option.replace('./', '')}\n`)
  expect(dockerfile).toContain('npx next-ws patch --yes')
  expect(dockerfile).not.toContain('npm run postinstall')
})

test("what Prisma's configuration imports is there as it generates, with values for what throws", async () => {
  const { dockerfile, notes } = await createFrom({
    'package.json': {
      scripts: { 'build:tsup': 'tsup', generate: 'prisma generate', start: 'node dist/a.js' },
      dependencies: { '@prisma/client': '7.0.0' },
      devDependencies: { prisma: '7.0.0', tsup: '8' },
    },
    'package-lock.json': { lockfileVersion: 3, packages: {} },
    'prisma/schema.prisma': 'datasource db {\n  provider = "postgresql"\n}\n',
    'prisma.config.ts':
      "import { env } from './src/env'\nexport default defineConfig({ datasource: { url: env.DATABASE_URL } })",
    'src/env.ts':
      "for (const name of ['DATABASE_URL', 'TOKEN']) if (!process.env[name]) throw new Error(name)\nexport const env = process.env",
    'src/a.ts': '',
  })
  expect(dockerfile).toContain(
    'COPY package.json prisma.config.ts ./\nCOPY src/env.ts src/env.ts\nCOPY prisma prisma\n',
  )
  expect(dockerfile).toContain(
    `RUN DATABASE_URL=postgresql://none TOKEN=${SECRET} PRISMA_SCHEMA_ENGINE_BINARY=/bin/true npx prisma generate\n`,
  )
  expect(dockerfile).toContain('COPY . .\nRUN npm run build:tsup\n')
  expect(notes.find(({ code }) => code === 'BUILD_PLACEHOLDERS')?.message).toContain(
    'without DATABASE_URL, TOKEN:',
  )
})

test('a name that SvelteKit imports is there, though the example has no value', async () => {
  const { dockerfile } = await createFrom({
    'package.json': { scripts: { build: 'vite build' }, devDependencies: { '@sveltejs/kit': '2.0.0', '@sveltejs/adapter-node': '5.0.0' } },
    'package-lock.json': { lockfileVersion: 3, packages: {} },
    '.env.example': 'PUBLIC_BUCKET=\n',
    'src/lib/a.ts': "import { PUBLIC_BUCKET } from '$env/static/public'\nexport const a = PUBLIC_BUCKET",
  }) // biome-ignore format: a small project
  expect(dockerfile).toContain('ARG PUBLIC_BUCKET=\n')
})

test.each([
  ['YOUR_DATABASE_URL', 'postgresql://none:none@localhost/none'],
  ['postgres://db/a', 'postgres://db/a'],
])('an example that names an address is no address: %s', (example, value) => {
  const files = { 'lib/a.ts': 'export const db = new Pool(process.env.DATABASE_URL)' }
  expect(of({ ...files, '.env.example': `DATABASE_URL=${example}\n` }, true)).toEqual({ DATABASE_URL: value })
})

test('a database in a file is opened by the build too, in a place of its own', async () => {
  const { dockerfile } = await createFrom({
    'package.json': { scripts: { build: 'vite build' }, dependencies: { '@libsql/client': '0.17.0' }, devDependencies: { '@sveltejs/kit': '2.0.0', '@sveltejs/adapter-node': '5.0.0' } },
    'package-lock.json': { lockfileVersion: 3, packages: {} },
    '.env.example': 'DATABASE_URL=file:local.db\nPUBLIC_A= # asked for in production\n',
    'src/lib/server/db.ts': "export const client = createClient({ url: process.env.DATABASE_URL || '' })",
  }) // biome-ignore format: a small project
  expect(dockerfile).toContain('DATABASE_URL=file:/tmp/none.db npm run build')
  expect(dockerfile).toContain('ENV DATABASE_URL=file:/data/app.db\n')
  expect(dockerfile).toContain('ARG PUBLIC_A\n')
})
