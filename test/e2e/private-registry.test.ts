import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execa } from 'execa'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { answerOf, type Container, removeContainer, startContainer } from '../../src/verify/container.ts'
import { docker, lastLines } from '../../src/verify/docker.ts'
import { searchImage } from '../../src/verify/image.ts'

const TOKEN = 'token-9e41-must-not-ship'
const HOST = 'registry.internal'
const TAG = 'create-dockerfile-e2e-private-registry'

/** A registry with one package, for those who have the token. */
function registry(archive: Buffer): Server {
  const sha512 = createHash('sha512').update(archive).digest('base64')
  return createServer((request, response) => {
    if (request.headers.authorization !== `Bearer ${TOKEN}`) return response.writeHead(401).end('{}')
    if (request.url?.endsWith('.tgz')) return response.end(archive)
    const tarball = `http://${request.headers.host}/@acme/hello/-/hello-1.0.0.tgz`
    const version = {
      name: '@acme/hello',
      version: '1.0.0',
      dist: { tarball, integrity: `sha512-${sha512}` },
    }
    return response.end(
      JSON.stringify({
        name: '@acme/hello',
        'dist-tags': { latest: '1.0.0' },
        versions: { '1.0.0': version },
      }),
    )
  })
}

/** What npm would publish. */
function archiveOf(work: string): Buffer {
  execFileSync('mkdir', [join(work, 'package')])
  writeFileSync(join(work, 'package/package.json'), '{ "name": "@acme/hello", "version": "1.0.0" }')
  writeFileSync(join(work, 'package/index.js'), "module.exports = 'a private hello'\n")
  execFileSync('tar', ['-czf', 'hello.tgz', 'package'], { cwd: work })
  return readFileSync(join(work, 'hello.tgz'))
}

describe.each(['npm', 'pnpm@10.34.8', 'pnpm@11.28.10'])('a private registry with %s', manager => {
  const work = mkdtempSync(join(tmpdir(), 'e2e-private-'))
  const context = mkdtempSync(join(work, 'app-'))
  const archive = archiveOf(work)
  const server = registry(archive)
  let container: Container | undefined

  const build = (...flags: string[]) =>
    execa(
      'docker',
      ['build', '--progress=plain', `--add-host=${HOST}:host-gateway`, '-t', TAG, ...flags, context],
      {
        env: { NPM_TOKEN: TOKEN },
        reject: false,
      },
    )

  beforeAll(async () => {
    await new Promise<void>(done => server.listen(0, '0.0.0.0', done))
    const at = `${HOST}:${(server.address() as AddressInfo).port}`
    const integrity = `sha512-${createHash('sha512').update(archive).digest('base64')}`
    const files: Record<string, string> = {
      'package.json': JSON.stringify({
        name: 'private-app',
        scripts: { start: 'node server.js' },
        dependencies: { '@acme/hello': '1.0.0' },
        ...(manager !== 'npm' && { packageManager: manager }),
      }),
      '.npmrc': `@acme:registry=http://${at}/\n//${at}/:_authToken=\${NPM_TOKEN}\n`,
      'server.js':
        "require('http').createServer((_, response) => response.end(require('@acme/hello'))).listen(process.env.PORT || 3000)\n",
      ...(manager === 'npm'
        ? {
            'package-lock.json': JSON.stringify({
              lockfileVersion: 3,
              packages: {
                '': { name: 'private-app', dependencies: { '@acme/hello': '1.0.0' } },
                'node_modules/@acme/hello': {
                  version: '1.0.0',
                  resolved: `http://${at}/@acme/hello/-/hello-1.0.0.tgz`,
                  integrity,
                },
              },
            }),
          }
        : {
            'pnpm-lock.yaml': `lockfileVersion: '9.0'\n\nsettings:\n  autoInstallPeers: true\n  excludeLinksFromLockfile: false\n\nimporters:\n\n  .:\n    dependencies:\n      '@acme/hello':\n        specifier: 1.0.0\n        version: 1.0.0\n\npackages:\n\n  '@acme/hello@1.0.0':\n    resolution: {integrity: ${integrity}}\n\nsnapshots:\n\n  '@acme/hello@1.0.0': {}\n`,
          }),
    }
    for (const [path, content] of Object.entries(files)) writeFileSync(join(context, path), content)
    execFileSync(process.execPath, ['dist/bin.cjs', context, '--yes'])
    const kit = process.env.DOCKER_KIT
    if (kit) await execa(join(kit, 'base-images.mjs'), ['--for', join(context, 'Dockerfile')])
  })

  afterAll(async () => {
    if (container) await removeContainer(container)
    await docker(['rmi', '-f', TAG])
    server.close()
    rmSync(work, { recursive: true, force: true })
  })

  test('has the token while it installs, and nowhere in the image', async () => {
    expect((await build('--no-cache-filter=deps')).exitCode).not.toBe(0)
    const { exitCode, stderr } = await build('--secret', 'id=NPM_TOKEN,env=NPM_TOKEN')
    expect(exitCode, lastLines(stderr, 30)).toBe(0)
    expect((await searchImage(TAG, TOKEN)).found).toBe(false)
    expect((await docker(['history', '--no-trunc', TAG])).out).not.toContain(TOKEN)
    container = await startContainer({ tag: TAG, flags: [], port: 3000 })
    expect((await answerOf(container, '/'))?.body).toBe('a private hello')
  })
})
