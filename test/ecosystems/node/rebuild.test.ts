import { expect, test } from 'vitest'
import { createFrom } from '../../support/project.ts'

const withNative = async (name: string, version: string) =>
  (
    await createFrom({
      'package.json': {
        name: 'app',
        scripts: { start: 'node server.js' },
        dependencies: { [name]: version },
      },
      'package-lock.json': {
        lockfileVersion: 3,
        packages: { [`node_modules/${name}`]: { version, hasInstallScript: true } },
      },
      'server.js': `import '${name}'`,
    })
  ).dockerfile

test('of a compiled package the binary stays, and the libraries that a fetched one brings', async () => {
  expect(await withNative('canvas', '3.2.0')).toContain(
    "find node_modules/canvas -path 'node_modules/canvas/build/*' -type f \\( -path '*/obj.target/*' -o ! -name '*.node' ! -name '*.so*' \\) -delete",
  )
})

test('a package that leaves nothing is not searched', async () => {
  expect(await withNative('re2', '1.22.0')).not.toContain('find node_modules/re2')
})
