import { describe, expect, test } from 'vitest'
import { namesIn, nativeNode } from '../../src/knowledge/native-node.ts'
import { createFrom } from '../support/project.ts'

/** What the registry and builds showed: whether a script makes the binary, what a build needs, what the program needs. */
const ROWS: [
  name: string,
  version: string,
  script: boolean,
  build?: readonly string[],
  runtime?: readonly string[],
][] = [
  ['sharp', '0.35.5', false], ['sharp', '0.33.0', false], ['sharp', '0.32.6', true, ['libvips-dev'], ['libvips42t64', 'libheif-plugin-aomenc']],
  ['canvas', '3.2.3', true, ['libcairo2-dev', 'libpango1.0-dev', 'libjpeg-dev', 'libgif-dev', 'librsvg2-dev', 'pkg-config'], ['libcairo2', 'libpangocairo-1.0-0', 'fonts-dejavu-core']],
  ['bcrypt', '6.0.0', false], ['bcrypt', '5.1.1', true], ['argon2', '0.45.1', false], ['argon2', '0.31.2', true],
  ['better-sqlite3', '13.2.0', false], ['better-sqlite3', '12.4.1', true], ['sqlite3', '6.0.1', true], ['sqlite3', '5.0.2', true, ['python-is-python3']],
  ['node-rdkafka', '3.6.1', true, ['libssl-dev', 'zlib1g-dev', 'libsasl2-dev', 'libzstd-dev'], ['libssl3t64', 'zlib1g', 'libsasl2-2', 'libzstd1']],
  ['@confluentinc/kafka-javascript', '1.10.1', true, ['libssl-dev', 'libsasl2-dev'], ['libssl3t64', 'libsasl2-2']],
  ['@vue-office/pdf', '2.0.10', true], ['puppeteer', '24.42.0', false, [], ['chromium']], ['whatsapp-web.js', '1.34.7', false, [], ['chromium']], ['playwright', '1.58.0', false, [], ['chromium']],
  ['libpq', '1.8.14', true, ['libpq-dev'], ['libpq5']], ['keytar', '7.9.0', true, ['libsecret-1-dev'], ['libsecret-1-0']], ['zeromq', '6.8.0', true, ['cmake']],
  ['re2', '1.27.1', true], ['isolated-vm', '7.0.0', true], ['node-pty', '1.1.0', true], ['mongodb-client-encryption', '7.0.0', true], ['@tensorflow/tfjs-node', '4.22.0', true],
  ['prisma', '7.10.0', false], ['@prisma/client', '7.10.0', false], ['@prisma/client', '6.1.0', false, [], ['openssl', 'ca-certificates']], ['@prisma/client', '5.19.0', false, [], ['openssl']], ['esbuild', '0.28.2', false], ['esbuild', '0.12.24', true], ['@swc/core', '1.16.22', false], ['lightningcss', '1.33.0', false], ['rollup', '4.68.7', false],
  ['@tailwindcss/oxide', '4.3.5', false], ['@parcel/watcher', '2.6.0', false], ['onnxruntime-node', '1.30.0', false], ['@duckdb/node-api', '1.5.6', false], ['snappy', '7.4.3', false],
  ['bufferutil', '4.1.0', false], ['workerd', '1.20261117.1', false], ['turbo', '2.11.11', false], ['ssh2', '1.17.0', false], ['swiper', '8.4.7', false], ['oracledb', '7.0.0', false],
  ['mediasoup', '3.19.0', true, ['python3-pip']], ['youtube-dl-exec', '3.1.15', true, [], ['python3']],
] // biome-ignore format: a table

describe('a native package of npm', () => {
  test.each<(typeof ROWS)[number]>(ROWS)('%s %s', (name, version, script, build = [], runtime = []) => {
    const row = nativeNode(name, version)
    expect(row?.script).toBe(script)
    expect(row?.build ?? []).toEqual(expect.arrayContaining([...build]))
    expect(row?.runtime ?? []).toEqual(expect.arrayContaining([...runtime]))
    if (!runtime.length) expect(row?.runtime ?? []).toEqual([])
  })

  test('by a range is what its newest version is', () => {
    expect(nativeNode('sqlite3', '~5.0.2')?.build).toBeUndefined()
    expect(nativeNode('sqlite3', '5.0.0 - 5.0.2')?.build).toEqual(['python-is-python3'])
    expect(nativeNode('sharp', '^0.35.0')?.script).toBe(false)
    expect(nativeNode('leveldown', 'latest')?.script).not.toBe(true)
  })

  test.each<[string, object, string]>([
    ['by itself', {}, ''],
    [
      'for a crawler, which a variable tells it',
      { crawlee: '3' },
      'ENV CRAWLEE_DEFAULT_BROWSER_PATH=/usr/bin/chromium',
    ],
  ])("playwright finds the image's browser where it looks for its own: %s", async (_, more, told) => {
    const { dockerfile } = await createFrom({
      'package.json': { scripts: { start: 'node index.js' }, dependencies: { playwright: '1', ...more } },
      'index.js': "import 'playwright'",
    })
    expect(dockerfile).toMatch(/apt-get install .* chromium /)
    expect(dockerfile).toMatch(
      /&& PLAYWRIGHT_BROWSERS_PATH=0 node -e '.*require\("playwright"\)\.chromium\.executablePath\(\).*symlinkSync\("\/usr\/bin\/chromium"/,
    )
    expect(dockerfile).toContain('ENV PLAYWRIGHT_BROWSERS_PATH=0\n')
    expect(dockerfile).toContain(told)
  })

  test('with a binary of its own brings no compiler', async () => {
    const of = async (version: string, gyp?: string) => {
      const { dockerfile } = await createFrom({
        'package.json': { scripts: { start: 'node index.js' }, dependencies: { argon2: version } },
        'package-lock.json': {
          lockfileVersion: 3,
          packages: {
            'node_modules/argon2': { version, hasInstallScript: true },
            ...(gyp && { 'node_modules/node-gyp': { version: gyp } }),
          },
        },
        'index.js': '',
      })
      return dockerfile
    }
    expect(await of('0.45.1')).not.toMatch(/g\+\+|rebuild/)
    expect(await of('0.31.2')).toMatch(
      /AS toolchain[\s\S]*g\+\+ make python3[\s\S]*npm rebuild argon2[\s\S]*FROM gcr\.io/,
    )
    expect(await of('0.31.2', '8.4.1')).toContain('g++ make python3 python3-setuptools\n')
    expect(await of('0.31.2', '11.2.0')).toContain('g++ make python3\n')
  })

  test('whose script needs no compiler brings none', async () => {
    const { dockerfile } = await createFrom({
      'package.json': { scripts: { start: 'node index.js' }, dependencies: { 'vue-demi': '0.14.10' } },
      'package-lock.json': {
        lockfileVersion: 3,
        packages: { 'node_modules/vue-demi': { version: '0.14.10', hasInstallScript: true } },
      },
      'index.js': '',
    })
    expect(dockerfile).toContain('npm rebuild vue-demi')
    expect(dockerfile).not.toContain('g++')
  })

  test('has its libraries under the names of the Debian that the image has', async () => {
    expect(namesIn('bookworm', ['libssl3t64', 'libheif-plugin-aomenc'])).toEqual(['libssl3'])
    const { dockerfile } = await createFrom({
      'package.json': { scripts: { start: 'node index.js' }, dependencies: { sharp: '0.32.6' } },
      'package-lock.json': {
        lockfileVersion: 3,
        packages: { 'node_modules/sharp': { version: '0.32.6', hasInstallScript: true } },
      },
      'index.js': '',
      '.nvmrc': '18',
    })
    expect(dockerfile).toMatch(/FROM node:\S+bookworm-slim AS runtime\n[\s\S]*recommends libvips42\n/)
  })
})
