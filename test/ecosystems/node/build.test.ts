import { describe, expect, test } from 'vitest'
import { createFrom } from '../../support/project.ts'

/** What the image's build runs of the scripts of a server in TypeScript. */
const built = async (scripts: Readonly<Record<string, string>>) => {
  const { dockerfile } = await createFrom({
    'package.json': {
      name: 'app',
      main: 'dist/server.js',
      scripts: { start: 'node dist/server.js', ...scripts },
      dependencies: { express: '5' },
      devDependencies: { typescript: '5', vite: '7' },
    },
    'package-lock.json': { lockfileVersion: 3, packages: {} },
    'tsconfig.json': '{ "compilerOptions": { "outDir": "dist", "rootDir": "src" } }',
    'src/server.ts': "import express from 'express'\nexpress().listen(3000)",
    'index.html': '',
  })
  const [, run = ''] = /COPY \. \.\nRUN ((?:.*\\\n)*.*)/.exec(dockerfile) ?? []
  return run.replace(/ *\\\n */g, ' ').replace(' && npm prune --omit=dev --ignore-scripts', '')
}

describe('the scripts that build', () => {
  test.each<[string, Record<string, string>, string]>([
    ['not in a folder that was moved since', { build: 'cd client && npm install && vite build', compile: 'tsc' }, 'npm run compile'],
    ['not the start of what another one builds', { build: 'node ./dist/server.js', 'ts:build': 'tsc -p .' }, 'npm run ts:build'],
    ['what is made, and not the start of it', { build: 'npm run compile && node ./dist/server.js', compile: 'tsc' }, 'npx tsc'],
    ['what is made, and what it makes further', { build: 'tsc && node dist/server.js --prerender' }, 'npm run build'],
    ['the usual one', { build: 'tsc', 'build:server': 'tsc -p server' }, 'npm run build'],
    ['the one for images', { build: 'tsc && migrate', 'build:docker': 'tsc' }, 'npm run build:docker'],
    ['the one for Node.js', { 'build:node': 'tsc', generate: 'openapi-typescript a.yaml' }, 'npm run build:node'],
    ['not what asks which code to write', { generate: 'sapphire generate', tsc: 'tsc' }, 'npm run tsc'],
    ["not what makes Prisma's client", { generate: 'prisma generate', 'build:tsup': 'tsup' }, 'npm run build:tsup'],
    ['not what writes a component', { generate: 'nest g resource', compile: 'tsc' }, 'npm run compile'],
    ['not what checks types alone', { tsc: 'tsc --noEmit', bundle: 'node build.mjs' }, 'npm run bundle'],
    ['types, and then', { build: 'tsc --noEmit && vite build', bundle: 'node build.mjs' }, 'npm run build'],
    ['no install', { build: 'npm install', 'build:ts': 'tsc' }, 'npm run build:ts'],
    ['an install, and then', { build: 'npm install && tsc', 'build:ts': 'tsc -p a' }, 'npm run build'],
    ['no image of their own', { build: 'tsc', 'docker:build': 'docker build .' }, 'npm run build'],
    ['the server alone', { 'build:server': 'tsc' }, 'npm run build:server'],
    ['the server beside other parts', { 'build:server': 'tsc', 'build:client': 'vite build' }, 'npx vite build && npx tsc'],
    ['parts by other names', { 'build-css': 'sass a.scss public/a.css', 'build-api': 'tsc' }, 'npx sass a.scss public/a.css && npx tsc'],
    ['one named after its tool', { 'webpack:dev': 'webpack watch --mode development', 'webpack:build': 'webpack build --node-env production', webpack: 'webpack build --mode development' }, 'npm run webpack:build'],
    ['one named after what its tool makes', { 'create:bundle': './node_modules/.bin/webpack --config webpack.config.js' }, 'npm run create:bundle'],
    ['before it is packed', { prepack: 'tsc' }, 'npm run prepack'],
    ['before it is published', { prepublishOnly: 'tsc && vite build' }, 'npm run prepublishOnly'],
    ['the compiler, not what publishing checks', { prepublishOnly: 'npm test' }, 'npx tsc'],
    ['one after another what the shell would leave behind', { build: 'npm run pages & tsc', pages: 'vite build' }, 'npx vite build && npx tsc'],
    ['side by side where the shell waits', { build: 'vite build & tsc & wait' }, 'npm run build'],
    ['without what only the shell of Windows has', { build: 'rmdir /S /Q dist & tsc' }, 'npx tsc'],
    ['with what it copies', { build: 'tsc && npm run copy', copy: 'copy "package.json" "dist/"' }, 'npx tsc && cp package.json dist/'],
    ['with the folders that it copies', { build: 'tsc && xcopy src dist/src /E /I /Y' }, 'npx tsc && cp -r src dist/src'],
    ['without what it copies from nowhere', { build: 'tsc && xcopy views dist' }, 'npx tsc'],
    ['not what development builds', { build: 'NODE_ENV=development vite build', 'build:prod': 'tsc' }, 'npm run build:prod'],
  ])('%s', async (_, scripts, expected) => {
    expect(await built(scripts)).toBe(expected)
  }) // biome-ignore format: one row a package
})

test.each([
  ['what tidies up', 'rmdir /S /Q dist & tsc', []],
  ['a copy that is made', 'tsc && copy package.json dist', []],
  ['a copy of what is not here', 'tsc && xcopy views dist', ['the build is without "xcopy views dist"']],
  ['a name that a file gets', 'tsc && ren a.js b.js', ['the build is without "ren a.js b.js"']],
])('commands of Windows: %s', async (_, build, told) => {
  const { notes } = await createFrom({
    'package.json': {
      name: 'app',
      scripts: { build, start: 'node dist/a.js' },
      devDependencies: { typescript: '5' },
    },
    'package-lock.json': { lockfileVersion: 3, packages: {} },
    'tsconfig.json': { compilerOptions: { outDir: 'dist' } },
    'a.ts': '',
  })
  const lost = notes.filter(({ code }) => code === 'WINDOWS_COMMAND')
  expect(lost.map(({ message }) => message.split(',')[0])).toEqual(told)
})

test('beside tasks the script that runs the maker of the pages too', async () => {
  const { dockerfile } = await createFrom({
    'package.json': {
      name: 'app',
      scripts: { start: 'eleventy --watch & gulp watch', publish: 'eleventy & gulp', 'gulp-build': 'gulp' },
      devDependencies: { '@11ty/eleventy': '2', gulp: '4' },
    },
    'package-lock.json': { lockfileVersion: 3, packages: {} },
    'gulpfile.js': "exports.default = () => src('a.scss').pipe(dest('_site/css'))",
    'index.njk': '',
  })
  expect(dockerfile).toContain('RUN npx eleventy \\\n    && npx gulp\n')
})

test.each([
  ['only asks another host', "require('https').get('https://a.example')", 'RUN npx vite build\n'],
  [
    'asks and writes',
    "require('https'); fs.writeFileSync('a')",
    'RUN node log.js \\\n    && npx vite build\n',
  ],
])('beside the build what %s', async (_, code, expected) => {
  const { dockerfile, candidate } = await createFrom({
    'package.json': {
      name: 'app',
      scripts: { build: 'node log.js & vite build' },
      devDependencies: { vite: '7' },
    },
    'package-lock.json': { lockfileVersion: 3, packages: {} },
    'log.js': code,
    'index.html': '',
  })
  expect(dockerfile).toContain(expected)
  const left = candidate.notes.some(({ code }) => code === 'REPORT_LEFT_OUT')
  expect(left).toBe(!expected.includes('log.js'))
})

test('of a framework the script that builds it, though another one generates', async () => {
  const { dockerfile } = await createFrom({
    'package.json': {
      name: 'app',
      scripts: { 'app:dev': 'vite dev', generate: 'tsx scripts/icons.ts', 'app:build': 'vite build' },
      dependencies: { '@tanstack/react-start': '1', nitro: '3', vite: '7', tsx: '4' },
    },
    'package-lock.json': { lockfileVersion: 3, packages: {} },
    'scripts/icons.ts': '',
  })
  expect(dockerfile).toContain('RUN npm run app:build\n')
})

test('of a framework a script of any name that builds, before its own command', async () => {
  const { dockerfile } = await createFrom({
    'package.json': {
      name: 'app',
      scripts: {
        dev: 'astro dev',
        'build:data': 'node scripts/data.mjs',
        'build:website': 'npm run build:data && astro build',
      },
      dependencies: { astro: '5' },
    },
    'package-lock.json': { lockfileVersion: 3, packages: {} },
    'scripts/data.mjs': '',
  })
  expect(dockerfile).toContain('RUN npm run build:website\n')
})

test('of a server that has a Storybook too, its own', async () => {
  const { dockerfile } = await createFrom({
    'package.json': {
      name: 'app',
      scripts: { build: 'scripts/build.sh', start: 'node dist/server.js', 'book:build': 'storybook build' },
      dependencies: { express: '5' },
      devDependencies: { storybook: '9', typescript: '5' },
    },
    'package-lock.json': { lockfileVersion: 3, packages: {} },
    'scripts/build.sh': 'tsc',
    'tsconfig.json': '{ "compilerOptions": { "outDir": "dist", "rootDir": "src" } }',
    'src/server.ts': "import express from 'express'\nexpress().listen(3000)",
  })
  expect(dockerfile).toContain('RUN npm run build\n')
})

describe('a check of types whose declarations the build writes', () => {
  const site = async (plugin: string, build: string, files: Record<string, string> = {}) => {
    const { dockerfile, candidate } = await createFrom({
      'package.json': {
        name: 'app',
        scripts: { build, 'type-check': 'vue-tsc --build', 'build-only': 'vite build' },
        devDependencies: { vite: '7', typescript: '5', [plugin]: '1' },
      },
      'package-lock.json': { lockfileVersion: 3, packages: {} },
      'index.html': '',
      'tsconfig.json': '{ "files": [], "references": [{ "path": "./tsconfig.app.json" }] }',
      'tsconfig.app.json': '{ "compilerOptions": { "noEmit": true } }',
      'src/other.d.ts': 'declare const A: string',
      ...files,
    })
    const [, run = ''] = /COPY \. \.\nRUN (.*)/.exec(dockerfile) ?? []
    return { run, codes: candidate.notes.map(({ code }) => code) }
  }

  test.each([
    ['unplugin-auto-import', 'vue-tsc -b && vite build'],
    ['unplugin-auto-import', 'run-p type-check "build-only {@}" --'],
    ['@tanstack/router-plugin', 'tsc && vite build'],
  ])('%s: %s', async (plugin, build) => {
    const { run, codes } = await site(plugin, build)
    expect(run).toBe('npx vite build')
    expect(codes).toContain('TYPES_UNCHECKED')
  })

  test.each([
    ['unplugin-auto-import', 'vue-tsc -b && vite build', { 'src/auto.d.ts': '// Generated by unplugin-auto-import' }],
    ['@tanstack/router-plugin', 'tsc && vite build', { 'src/routeTree.gen.ts': '' }],
    ['unplugin-auto-import', 'vite build && vue-tsc -b', {}],
    ['unplugin-auto-import', 'tsc -p server && vite build', {}],
    ['unplugin-auto-import', 'tsc && vite build', { 'tsconfig.json': '{ "compilerOptions": { "outDir": "dist" } }' }],
    ['unplugin-icons', 'vue-tsc -b && vite build', {}],
  ])('is run where it can succeed: %s, %s, %j', async (plugin, build, files) => {
    const { run, codes } = await site(plugin, build, files)
    expect(run).toBe('npm run build')
    expect(codes).not.toContain('TYPES_UNCHECKED')
  }) // biome-ignore format: one row a project
})
