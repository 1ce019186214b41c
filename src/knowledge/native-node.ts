import semver from 'semver'

/** How a package of npm with native code gets into an image, by version. */
export interface NativeNode {
  readonly name: string
  /** Versions that the row is for; later rows are for the rest. */
  readonly versions?: string
  /** Whether its install script makes or fetches the binary. Without one, what npm unpacks is enough. */
  readonly script: boolean
  /** Whether the script does without a compiler. */
  readonly plain?: true
  /** Debian packages that a build from source needs beside g++, make and python3. */
  readonly build?: readonly string[]
  /** Debian packages, by their names since trixie, that the program needs at run time; with them the image can't be distroless. */
  readonly runtime?: readonly string[]
  /** Whether the runtime packages are for those who ask for it by name, not for what brings it along. */
  readonly direct?: true
  /** Packages that bring the same along. */
  readonly unless?: readonly string[]
  /** Whether it has no binary for musl. */
  readonly glibc?: true
  /** Whether it looks for a browser of its own in the folder of playwright-core, where a link leads to the image's. */
  readonly linked?: true
  /** What its code is compiled with alone, being of a time when compilers only warned or headers had other types. */
  readonly flags?: string
  /** What a build from source leaves behind, below the package's folder. */
  readonly leftovers?: readonly string[]
  readonly env?: Readonly<Record<string, string>>
}

const gyp = (name: string, rest: Partial<NativeNode> = {}): NativeNode => ({ name, script: true, ...rest })
const ready = (name: string, rest: Partial<NativeNode> = {}): NativeNode => ({ name, script: false, ...rest })

/** Browsers that a package would download are Debian's Chromium instead, for every architecture. */
const CHROMIUM: Partial<NativeNode> = {
  runtime: ['chromium', 'fonts-liberation', 'fonts-noto-color-emoji'],
  env: { PUPPETEER_EXECUTABLE_PATH: '/usr/bin/chromium' },
}

/** https://gcc.gnu.org/gcc-14/porting_to.html#warnings-as-errors */
const PERMISSIVE = 'CFLAGS=-fpermissive'

/** Code that asks for Node-API's experimental parts has them as they were before 18.20 and 20.12: https://nodejs.org/api/n-api.html#usage, seen with 18 to 24 on 2026-11-24. */
const OLD_HEADERS = 'CXXFLAGS=-DNODE_API_EXPERIMENTAL_NOGC_ENV_OPT_OUT'

/** Packages that start the browser of another one. */
const CRAWLERS: readonly string[] = ['crawlee', '@crawlee/playwright']

/** The first row that fits a name and version decides. Checked against the registry and by builds on 2026-11-21. */
const NATIVE_NODE: readonly NativeNode[] = [
  ready('sharp', { versions: '>=0.33' }),
  // AVIF is written by a part of libheif that nothing depends on.
  gyp('sharp', { build: ['pkg-config', 'libvips-dev', 'libglib2.0-dev', 'libheif-plugin-aomenc'], runtime: ['libvips42t64', 'libheif-plugin-aomenc'] }),
  gyp('canvas', {
    build: ['pkg-config', 'libcairo2-dev', 'libpango1.0-dev', 'libjpeg-dev', 'libgif-dev', 'librsvg2-dev'],
    // Without a font configuration text is drawn as nothing, and no error says so.
    runtime: ['libcairo2', 'libpango-1.0-0', 'libpangocairo-1.0-0', 'libjpeg62-turbo', 'libgif7', 'librsvg2-2', 'fonts-dejavu-core'],
    leftovers: ['src'],
  }),
  ready('@napi-rs/canvas', { runtime: ['fonts-dejavu-core'], direct: true }),
  ready('bcrypt', { versions: '>=6' }),
  gyp('bcrypt', { leftovers: ['src'] }),
  ready('argon2', { versions: '>=0.40' }),
  gyp('argon2', { leftovers: ['argon2', 'src'] }),
  ready('better-sqlite3', { versions: '>=13' }),
  gyp('better-sqlite3', { leftovers: ['deps', 'src'] }),
  // Its build unpacks the sources by a program for `python`, which works with Python 3.
  gyp('sqlite3', { versions: '<5.0.3', build: ['python-is-python3'], leftovers: ['deps', 'src'] }),
  gyp('sqlite3', { leftovers: ['deps', 'src'] }), gyp('@gristlabs/sqlite3'), gyp('@louislam/sqlite3'), gyp('@vscode/sqlite3'),
  gyp('node-rdkafka', { build: ['libssl-dev', 'zlib1g-dev', 'libsasl2-dev', 'libzstd-dev'], runtime: ['libssl3t64', 'zlib1g', 'libsasl2-2', 'libzstd1'] }),
  gyp('@confluentinc/kafka-javascript', { build: ['libssl-dev', 'zlib1g-dev', 'libsasl2-dev'], runtime: ['libssl3t64', 'libsasl2-2'] }),
  gyp('libpq', { build: ['libpq-dev'], runtime: ['libpq5'] }),
  gyp('keytar', { build: ['pkg-config', 'libsecret-1-dev'], runtime: ['libsecret-1-0'] }),
  gyp('zeromq', { build: ['cmake'] }),
  gyp('re2'), gyp('isolated-vm'), gyp('node-pty'), gyp('deasync'), gyp('mongodb-client-encryption'), gyp('kerberos', { build: ['libkrb5-dev'], runtime: ['libkrb5-3', 'libgssapi-krb5-2'] }),
  gyp('@tensorflow/tfjs-node', { glibc: true }), gyp('@discordjs/opus', { versions: '<0.10', flags: PERMISSIVE }), gyp('@discordjs/opus'), gyp('zlib-sync'), gyp('erlpack'), gyp('libxmljs'), gyp('libxmljs2'), gyp('farmhash'), gyp('iconv'),
  gyp('node-expat'), gyp('microtime'), gyp('heapdump'), gyp('ffi-napi', { flags: OLD_HEADERS }), gyp('ref-napi'), gyp('unix-dgram'), gyp('node-sass'), gyp('grpc'), gyp('leveldown', { versions: '<6' }), gyp('ffmpeg-static'), gyp('couchbase'),
  // Their programs are fetched from GitHub; mediasoup's is compiled where there is none for the system, yt-dlp is of Python.
  gyp('mediasoup', { build: ['python3-pip'] }), gyp('youtube-dl-exec', { runtime: ['python3'] }),
  // Programs that make images smaller: fetched from GitHub, else compiled from the sources that each brings.
  gyp('gifsicle', { build: ['autoconf', 'automake'] }), gyp('optipng-bin', { build: ['zlib1g-dev'] }), gyp('pngquant-bin', { build: ['pkg-config', 'libpng-dev'] }),
  gyp('mozjpeg', { build: ['autoconf', 'automake', 'libtool', 'nasm', 'pkg-config', 'libpng-dev'] }), gyp('jpegtran-bin', { build: ['nasm'] }),
  gyp('jpeg-recompress-bin'), gyp('cwebp-bin', { build: ['libjpeg-dev', 'libpng-dev'] }), gyp('zopflipng-bin'), gyp('advpng-bin', { build: ['autoconf', 'automake', 'libtool', 'zlib1g-dev'] }),
  // Programs that a package starts.
  ready('fluent-ffmpeg', { runtime: ['ffmpeg'], direct: true, unless: ['ffmpeg-static', '@ffmpeg-installer/ffmpeg', 'ffmpeg-ffprobe-static'] }),
  ready('simple-git', { runtime: ['git'], direct: true }), ready('gm', { runtime: ['graphicsmagick', 'imagemagick'], direct: true }),
  ready('node-pandoc', { runtime: ['pandoc'], direct: true }), ready('node-tesseract-ocr', { runtime: ['tesseract-ocr'], direct: true }),
  ready('pdf2pic', { runtime: ['graphicsmagick', 'ghostscript'], direct: true }), ready('node-poppler', { runtime: ['poppler-utils'], direct: true }),
  // Its engine, a program up to version 6, asks for the library and looks for it by a shell.
  ready('@prisma/client', { versions: '<7', runtime: ['ca-certificates', 'openssl'] }),
  gyp('puppeteer', { ...CHROMIUM, script: false }), ready('puppeteer-core', CHROMIUM),
  // They bring puppeteer along, which only a lock file tells.
  ...['whatsapp-web.js', '@wppconnect-team/wppconnect', 'venom-bot', '@open-wa/wa-automate', 'html-pdf-node', 'md-to-pdf', 'node-html-to-image'].map(name => ready(name, CHROMIUM)),
  // https://playwright.dev/docs/browsers#hermetic-install
  ...['playwright', 'playwright-chromium'].map(name => ready(name, { direct: true, glibc: true, linked: true, runtime: CHROMIUM.runtime ?? [], env: { PLAYWRIGHT_BROWSERS_PATH: '0' } })),
  // https://crawlee.dev/js/docs/guides/configuration
  ...CRAWLERS.map(name => ready(name, { env: { CRAWLEE_DEFAULT_BROWSER_PATH: '/usr/bin/chromium' } })),
  ready('onnxruntime-node', { glibc: true }),
  // Since 0.13 its binaries are packages of their own: https://github.com/evanw/esbuild/blob/main/CHANGELOG-2021.md
  gyp('esbuild', { versions: '<0.13', plain: true }),
  // Chooses the code for Vue 2 or 3 by what is installed.
  gyp('vue-demi', { plain: true }), ...['docx', 'excel', 'pdf', 'pptx'].map(name => gyp(`@vue-office/${name}`, { plain: true })),
  // Their scripts only check, thank, or fetch what the package holds already.
  ...[
    '@fortawesome/fontawesome-common-types', '@fortawesome/fontawesome-svg-core', '@fortawesome/fontawesome-free', '@fortawesome/free-solid-svg-icons', '@fortawesome/free-brands-svg-icons', '@fortawesome/free-regular-svg-icons', '@fortawesome/react-fontawesome', '@fortawesome/vue-fontawesome', '@angular/cli', 'yorkie', 'pre-commit', 'pre-push', 'core-js-bundle', 'react-query', 'aws-sdk', 'docsify', 'nice-napi', '@netlify/esbuild', 'contentful', 'react-particles', 'tsparticles-engine', '@sveltejs/kit', 'mobx', 'webpack-cli', 'jss', 'redoc', 'uglifyjs-webpack-plugin', '@nuxt/opencollective',
    'esbuild', '@swc/core', '@parcel/watcher', 'core-js', 'core-js-pure', 'protobufjs', 'unrs-resolver', 'bufferutil', 'utf-8-validate', 'lmdb', 'msgpackr-extract', 'nx', '@nestjs/core', 'fsevents', 'cpu-features', 'ssh2',
    '@prisma/client', '@prisma/engines', 'prisma', 'supabase', 'cypress', 'electron', 'husky', 'workerd', 'oracledb', 'rollup', 'lightningcss', '@tailwindcss/oxide', 'turbo', 'es5-ext', 'styled-components', 'swiper', 'preact', 'chromedriver',
    'geckodriver', 'mongodb-memory-server', 'mongodb-memory-server-global', 'phantomjs-prebuilt', 'simple-git-hooks', 'lefthook', '@biomejs/biome', '@sentry/cli', 'vue-echarts', 'less', 'level', 'classic-level', 'leveldown', 'sodium-native', 'keccak', 'secp256k1', 'bigint-buffer', 'usb', '@serialport/bindings-cpp',
    'rete', 'nodemon', 'ejs', 'aws-sdk', 'parse-server', 'web3', 'web3-bzz', 'web3-shh', 'highlight.js', 'inferno', 'msw', '@apollo/protobufjs', 'dtrace-provider', 'yarn', 'svelte-preprocess', 'tesseract.js', 'opencollective-postinstall', '@scarf/scarf', 'aws-crt', 'bootstrap-vue', 'react-native-elements', 'gatsby', 'gatsby-cli', 'gatsby-telemetry', 'swagger-ui-express', '@firebase/util', 'dprint', '@datadog/native-metrics', '@datadog/pprof', 'tree-sitter', 'ursa-optional', 'node-hid', 'appium', 'spectaql', 'wasm-pack', 'netlify-cli', '@ffmpeg-installer/linux-x64', 'sqlite-vec', '@duckdb/node-api', 'snappy', 'libsql', '@libsql/client', 'vite', 'snyk', 'postman-code-generators', 'puppeteer-chromium-resolver', 'chromium', 'playwright-core', '@playwright/test',
  ].map(name => ready(name)),
] // biome-ignore format: a table

/** What brings such a package along, in which of its versions and of that one's, which only a lock file would tell. */
const BRINGS: Readonly<Record<string, readonly [name: string, range: string, of?: string]>> = {
  '@shopify/shopify-app-session-storage-sqlite': ['sqlite3', '*'],
  '@keyv/sqlite': ['sqlite3', '*'],
  enmap: ['better-sqlite3', '*'],
  // Since 8 its users install that themselves.
  'quick.db': ['better-sqlite3', '^7.1.1', '<8'],
}

/** What a package of a manifest brings along. @returns its name and range, as a manifest would have them */
export function broughtBy(name: string, version: string): readonly [name: string, range: string] | undefined {
  const [brought, range, of] = (Object.hasOwn(BRINGS, name) && BRINGS[name]) || []
  return brought !== undefined &&
    range !== undefined &&
    (of === undefined || semver.satisfies(semver.coerce(version) ?? '0.0.0', of))
    ? [brought, range]
    : undefined
}

const byName = new Map<string, NativeNode[]>()
for (const row of NATIVE_NODE) byName.set(row.name, [...(byName.get(row.name) ?? []), row])

/**
 * What the table says of a package; undefined for one that it doesn't know.
 * @param version the locked one; else the range of the manifest, of whose versions the newest is taken for what is installed
 */
export const nativeNode = (name: string, version: string): NativeNode | undefined =>
  byName
    .get(name)
    ?.find(
      ({ versions }) =>
        versions === undefined ||
        (semver.satisfies(semver.coerce(version) ?? '0.0.0', versions) &&
          (!versions.startsWith('<') || semver.valid(version) !== null || endsBelow(version, versions))),
    )

/** Whether a range has no version from the end of another on. */
const endsBelow = (range: string, versions: string): boolean => {
  const end = semver.coerce(versions)
  return end !== null && semver.validRange(range) !== null && semver.gtr(end, range)
}

/**
 * The names that packages had before trixie: some have another since the transition to 64-bit time (`libssl3t64`),
 * and libheif came in one piece.
 */
export const namesIn = (suite: string, names: readonly string[]): readonly string[] =>
  suite === 'trixie'
    ? names
    : names.filter(name => !name.startsWith('libheif-plugin-')).map(name => name.replace(/t64$/, ''))
