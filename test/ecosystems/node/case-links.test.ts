import { expect, test } from 'vitest'
import { caseLinks } from '../../../src/ecosystems/node/case-links.ts'
import { createFrom, projectFrom } from '../../support/project.ts'

test.each<[string, Record<string, string>, readonly string[]]>([
  ['a folder', { 'routes/auth.js': "require('../DataBase/connection')", 'Database/connection.js': '' }, ['DataBase -> Database']],
  ['a file', { 'app.js': "require('./routes/authfunc')", 'routes/authFunc.js': '' }, ['routes/authfunc.js -> authFunc.js']],
  ['a file with its ending', { 'app.js': "import './routes/A.js'", 'routes/a.js': '' }, ['routes/A.js -> a.js']],
  ['both', { 'app.js': "import './Lib/Db.js'", 'lib/db.js': '' }, ['Lib -> lib', 'lib/Db.js -> db.js']],
  ['a folder with an index', { 'app.js': "require('./Models')", 'models/index.js': '' }, ['Models -> models']],
  ['a component', { 'src/App.jsx': "import Header from './components/header'", 'src/components/Header.jsx': '' }, ['src/components/header.jsx -> Header.jsx']],
  ['a folder beside one of that name', { 'app.js': "require('./utility/ping'); require('./utility/Old')", 'Utility/ping.js': '', 'utility/old.js': '' }, ['utility/Old.js -> old.js', 'utility/ping.js -> ../Utility/ping.js']],
  ['a picture', { 'src/App.vue': "<script>\nimport a from './Logo.png'\n</script>", 'src/logo.png': '' }, ['src/Logo.png -> logo.png']],
  ['of several files, once', { 'a.js': "require('./Db')", 'b.js': "require('./Db')", 'db.js': '' }, ['Db.js -> db.js']],
  ['none, as it is there', { 'app.js': "require('./db'); require('./lib')", 'db.js': '', 'DB.js': '', 'lib/index.js': '' }, []],
  ['none, of the source that comes out so', { 'app.ts': "import './Db.js'", 'Db.ts': '', 'db.md': '' }, []],
  ['none that two could be', { 'app.js': "require('./DB')", 'db.js': '', 'Db.js': '' }, []],
  ['none of a text that is no import', { 'app.js': "console.log('./Db')", 'db.js': '' }, []],
  ['none of tests', { 'test/app.js': "require('../Db')", 'db.js': '' }, []],
  ['none of what is nowhere', { 'app.js': "require('./gone')" }, []],
])('links names whose letters differ: %s', (_, files, links) => {
  expect(caseLinks(projectFrom(files)).map(({ link, target }) => `${link} -> ${target}`)).toEqual(links)
}) // biome-ignore format: one row a project

test('the names are there before anything is built or started', async () => {
  const files = {
    'package.json': { name: 'a', scripts: { start: 'node app.js' }, dependencies: { express: '5' } },
    'app.js': "require('./Lib/db')\nrequire('express')().listen(3000)",
    'lib/db.js': '',
  }
  const { dockerfile, notes } = await createFrom(files)
  expect(dockerfile).toContain('COPY . .\nRUN ln -s lib Lib\n')
  expect(dockerfile).toMatch(/^COPY --from=build --exclude=node_modules \/app \.\/$/m)
  expect(notes.find(({ code }) => code === 'NAMES_DIFFER')?.message).toMatch(
    /^app\.js imports Lib, and lib is there:/,
  )
})

test('pages that nothing builds have no stage for that', async () => {
  const { dockerfile } = await createFrom({
    'package.json': { name: 'a' },
    'index.html': '<script type="module" src="app.js"></script>',
    'app.js': "import './Lib.js'",
    'lib.js': '',
  })
  expect(dockerfile).toContain('nginx')
  expect(dockerfile).not.toContain('ln -s')
})
