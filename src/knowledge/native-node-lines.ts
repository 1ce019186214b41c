import semver from 'semver'

/** The newest line of Node.js whose own interfaces a release of nan wraps, the newest first. The first two were found by builds on 2026-11-21, the older ones stand in its changelog. */
const NAN: readonly (readonly [since: string, line: number])[] = [
  ['2.22.2', 24], ['2.19.0', 22], ['2.17.0', 20], ['2.16.0', 18], ['2.14.2', 16], ['2.14.0', 14], ['2.10.0', 10], ['0.0.0', 8],
] // biome-ignore format: one list

/** Packages that are compiled against nan, up to the version that left it. */
const ON_NAN: Readonly<Record<string, string>> = {
  canvas: '<3', bcrypt: '<5', sqlite3: '<5', sharp: '<0.26', 'node-rdkafka': '*', 'node-expat': '*', iconv: '*', heapdump: '*', re2: '*', 'zlib-sync': '*', erlpack: '*', 'unix-dgram': '*', pprof: '*',
  snappy: '<7', leveldown: '<5', 'node-pty': '<1.1', kerberos: '<2', 'mongodb-client-encryption': '<2', libxmljs: '<1', libxmljs2: '<0.36', microtime: '<3', farmhash: '<3', grpc: '*',
} // biome-ignore format: one list

/** Packages that use the engine's own interfaces, or fetch a binary for each line: their tables and reports of failures name the newest. */
const OWN: Readonly<Record<string, readonly (readonly [versions: string, line: number])[]>> = {
  'node-sass': [['<4.12', 10], ['<4.14', 12], ['<5', 14], ['<6', 15], ['<7', 16], ['<8', 17], ['<9', 19], ['*', 20]],
  // 12 builds on 24 too, but since 24.19 what derives from node::ObjectWrap aborts as its memory is collected: https://github.com/nodejs/node/issues/65446
  // Before 7 it calls node::AtExit with one argument, which the headers of Node.js 16 have no more, and those of 15 do.
  'better-sqlite3': [['<7', 14], ['<8', 18], ['<9', 20], ['<13', 22]],
  'isolated-vm': [['<5', 20], ['<6', 22]],
  fibers: [['*', 14]],
  // Before 0.30 its code is no C++20, which the headers of Node.js 24 ask for: 0.26 to 0.29, and 1.0.11 of libxmljs, were compiled on 2026-11-23
  argon2: [['<0.30', 22]],
  libxmljs: [['1', 22]],
  // gulp before 4 reads files through copies of Node.js's own modules: https://github.com/addyosmani/natives
  natives: [['*', 10]],
  // 12.1.0 empties its output by a call that fails since Node.js 16 where there is none; 0.13 loads http-deceiver, whose binding is gone since 24
  '@angular-devkit/build-angular': [['<0.14', 22], ['12.1.0', 14]],
  gulp: [['<4', 10]],
  // Its exports end in a slash, which no Node.js reads since 17, and some read files within it; Next.js brings a copy: https://nodejs.org/api/deprecations.html#DEP0148
  postcss: [['>=8.0.0 <8.2.12', 16]], next: [['>=10.0.0 <10.2.0', 16]],
  // They write past a buffer's end, which no Node.js lets them since 23: found by runs on 2026-11-23, https://github.com/kriszyp/msgpackr/issues/144
  msgpackr: [['>=1.6.0 <1.11.1', 22]], 'ordered-binary': [['>=1.4.1 <1.5.3', 22]],
  // `engines` of its releases, which lock files of Yarn don't repeat, as read from the registry on 2026-11-23
  '@strapi/strapi': [['<4.3.9', 16], ['<4.12.1', 18], ['<4.26.2', 20], ['<5', 22], ['<5.0.4', 20], ['<5.31', 22], ['<5.48.1', 24]],
  // Where nest-cli.json names plugins it asks util.isObject, which is gone since Node.js 23: its code, and builds on 2026-11-23
  '@nestjs/cli': [['<10', 22]],
  // It reads modules in Node.js's place, which since 22 ends it: "Function.prototype.apply was called on undefined"
  esm: [['>=3.0.84', 20]],
  // Nuxt reads its settings by that one, until jiti took its place
  nuxt: [['>=2.0.0 <2.15.0', 20]], 'nuxt-edge': [['>=2.0.0 <2.15.0', 20]],
  // It takes Node.js for a browser since there is a navigator, and loads CodeMirror, which then finds no document
  'react-codemirror2': [['*', 20]],
  // They call util.isObject, util.isDate or util.isError, which 23 took away: https://nodejs.org/api/deprecations.html#DEP0053
  'nestjs-typegoose': [['*', 22]], config: [['<3.3.12', 22]], log4js: [['2', 22]], nedb: [['*', 22]],
  // Its settings ask for C++17, which the headers of Node.js 24 refuse
  '@homebridge/node-pty-prebuilt-multiarch': [['<0.12', 22]],
} // biome-ignore format: one row a package

/** The newest line of what pins its release of nan, where no lock file tells that: https://github.com/kelektiv/node.bcrypt.js#version-compatibility */
const PINS_NAN: typeof OWN = {
  bcrypt: [['<2', 8], ['<3.0.6', 10], ['<3.0.7', 12], ['<4', 14]],
  sqlite3: [['<4', 8]],
} // biome-ignore format: one row a package

/** Packages that others bring for a command of theirs, and that only the program itself loads as it runs. */
export const LOADED_BY_NAME: ReadonlySet<string> = new Set(['esm'])

/** Packages that only hold where Node.js renders the pages that they are on, as these frameworks have it do. */
export const RENDERED: ReadonlyMap<string, readonly string[]> = new Map([
  ['react-codemirror2', ['next', 'gatsby']],
])

/** Packages that only hold where one of these takes files from within them. */
export const READ_WITHIN: ReadonlyMap<string, readonly string[]> = new Map([
  [
    'postcss',
    ['postcss-loader', 'css-loader', 'postcss-safe-parser', 'postcss-scss', 'postcss-less', 'sugarss'],
  ],
])

/**
 * The newest line of Node.js that a release with native code is built on and runs on.
 * @param nan the newest release of nan that is locked
 */
export function newestLine(name: string, version: string, nan: string | undefined): number | undefined {
  const rows = OWN[name] ?? (nan === undefined ? PINS_NAN[name] : undefined)
  const uses = ON_NAN[name]
  // Hardly any package has a row, and a version is slow to read.
  if (rows === undefined && uses === undefined) return undefined
  const release = semver.coerce(version) ?? '0.0.0'
  const own = rows?.find(([versions]) =>
    semver.satisfies((rows === OWN[name] ? newest(version) : undefined) ?? release, versions),
  )?.[1]
  const wrapped =
    nan !== undefined && uses !== undefined && semver.satisfies(release, uses)
      ? NAN.find(([since]) => semver.gte(nan, since))?.[1]
      : undefined
  // The newest release of nan follows Node.js.
  return own ?? (wrapped === NAN[0]?.[1] ? undefined : wrapped)
}

/** Of a range that ends below a version, about what is installed where nothing locks it: `^4.1.7` gives 4.9999.9999. */
function newest(range: string): string | undefined {
  if (semver.valid(range) !== null || semver.validRange(range) === null) return undefined
  const ends = new semver.Range(range).set.map(part => part.find(({ operator }) => operator === '<')?.semver)
  const end = ends.at(-1)
  if (!end) return undefined
  const { major, minor, patch } = end
  if (patch > 0) return `${major}.${minor}.${patch - 1}`
  return minor > 0 ? `${major}.${minor - 1}.9999` : `${major - 1}.9999.9999`
}
