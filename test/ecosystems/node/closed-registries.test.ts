import { describe, expect, test } from 'vitest'
import { createFrom } from '../../support/project.ts'

const app = {
  'package.json': { scripts: { start: 'node index.js' }, dependencies: { errno: '0.1.8' } },
  'index.js': '',
}
const packed = 'registry.npm.taobao.org/errno/download/errno-0.1.8.tgz'
const npm = (resolved: string) => ({
  'package-lock.json': {
    lockfileVersion: 2,
    packages: { 'node_modules/errno': { version: '0.1.8', resolved } },
  },
})

describe('a registry that is closed', () => {
  test.each([
    ['npm', 'package-lock.json', npm(`https://${packed}?cache=0`), 'npm ci'],
    ['npm, over HTTP', 'package-lock.json', npm(`http://${packed}`), 'npm ci'],
    [
      'Yarn',
      'yarn.lock',
      {
        'yarn.lock': `# yarn lockfile v1\n\n\nerrno@0.1.8:\n  version "0.1.8"\n  resolved "https://${packed}#8bb"\n`,
      },
      'yarn install',
    ],
    [
      'pnpm',
      'pnpm-lock.yaml',
      {
        'pnpm-lock.yaml': `lockfileVersion: '6.0'\n\ndependencies:\n  errno:\n    specifier: 0.1.8\n    version: 0.1.8\n\npackages:\n\n  /errno@0.1.8:\n    resolution: {integrity: x, tarball: https://${packed}}\n    dev: false\n`,
      },
      'pnpm install',
    ],
    [
      'settings',
      '.npmrc',
      {
        ...npm('https://registry.npmjs.org/errno/-/errno-0.1.8.tgz'),
        '.npmrc': 'registry=https://registry.npm.taobao.org\n',
      },
      'npm ci',
    ],
    [
      'settings of Yarn',
      '.yarnrc',
      {
        'yarn.lock': '# yarn lockfile v1\n\n\nerrno@0.1.8:\n  version "0.1.8"\n',
        '.yarnrc': 'registry "https://registry.npm.taobao.org"\n',
      },
      'yarn install',
    ],
  ])('%s installs from another one', async (_name, path, files, command) => {
    const { dockerfile, notes } = await createFrom({ ...app, ...files })
    expect(dockerfile).toContain(`--mount=type=bind,source=${path},target=/tmp/${path} \\\n`)
    expect(dockerfile).toMatch(
      new RegExp(
        ` sed -E '[^']+' /tmp/${path} > ${path} \\\\\n +&& ${command} [^\n]+(\\\\\n[^\n]+)*\\\\\n +&& rm ${path}\n`,
      ),
    )
    expect(notes.filter(({ code }) => code === 'REGISTRY_CLOSED')).toHaveLength(1)
  })

  test.each([
    ['the one that took its place', npm('https://registry.npmmirror.com/errno/-/errno-0.1.8.tgz')],
    ["npm's own", npm('https://registry.npmjs.org/errno/-/errno-0.1.8.tgz')],
    [
      'a comment of the settings',
      {
        ...npm('https://registry.npmjs.org/errno/-/errno-0.1.8.tgz'),
        '.npmrc': '# registry=https://registry.npm.taobao.org\n',
      },
    ],
  ])('%s stays', async (_name, files) => {
    const { dockerfile, notes } = await createFrom({ ...app, ...files })
    expect(dockerfile).not.toContain('sed')
    expect(notes.map(({ code }) => code)).not.toContain('REGISTRY_CLOSED')
  })

  const own = 'https://registry.npmjs.org/'
  test.each([
    [
      `"resolved": "http://${packed}?cache=0&other_urls=https%3A%2F%2Fregistry.npm.taobao.org%2Ferrno",`,
      `"resolved": "${own}errno/-/errno-0.1.8.tgz",`,
    ],
    [
      '  resolved "https://registry.npm.taobao.org/@babel/core/download/@babel/core-7.0.0.tgz?cache=0#8bb"',
      `  resolved "${own}@babel/core/-/core-7.0.0.tgz#8bb"`,
    ],
    [
      '  resolved "https://registry.nlark.com/errno/-/errno-0.1.8.tgz#8bb"',
      `  resolved "${own}errno/-/errno-0.1.8.tgz#8bb"`,
    ],
    [
      `resolution: {tarball: https://${packed}, integrity: x}`,
      `resolution: {tarball: ${own}errno/-/errno-0.1.8.tgz, integrity: x}`,
    ],
    ['registry=https://registry.npm.taobao.org', `registry=${own}`],
    [
      '"resolved": "https://registry.npmmirror.com/errno/-/errno-0.1.8.tgz"',
      '"resolved": "https://registry.npmmirror.com/errno/-/errno-0.1.8.tgz"',
    ],
  ])('%s is written as its own', async (line, written) => {
    const { dockerfile } = await createFrom({ ...app, ...npm(`https://${packed}`) })
    const [, script = ''] = /sed -E '([^']+)'/.exec(dockerfile) ?? []
    const parts = [...script.matchAll(/s;([^;]+);([^;]*);/g)]
    expect(
      parts.reduce(
        (text, [, from = '', to = '']) =>
          text.replace(new RegExp(from.replaceAll('[^]', '[^\\]')), to.replaceAll('\\', '$')),
        line,
      ),
    ).toBe(written)
  })
})
