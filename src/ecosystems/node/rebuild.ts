import { shell } from '../../plan/words.ts'
import type { NodeFacts } from './facts.ts'
import { inTemp } from './rush-install.ts'

/** Of all install scripts only those of packages that can't do without. */
export function rebuild(facts: NodeFacts, names: readonly string[]): readonly string[] {
  const { manager, layout, native } = facts
  // Without the flag pnpm before 12 looks at what the workspace's root asks for alone, and says that all is well.
  const everywhere = layout.app === '.' ? [] : ['--recursive']
  const program = manager.id === 'pnpm' ? ['pnpm', ...inTemp(layout), ...everywhere] : ['npm']
  const command = (some: readonly string[]) =>
    [
      `${headers(facts)}=/usr/local`,
      ...new Set(some.flatMap(name => native.flags[name] ?? [])),
      ...unblocked(facts),
      shell(...program, 'rebuild', ...some),
    ].join(' ')
  // pnpm knows by itself which ones are optional.
  const isOptional = (name: string) => manager.id !== 'pnpm' && native.optional.includes(name)
  const musts = names.filter(name => !isOptional(name))
  return [
    ...(musts.length ? [command(musts)] : []),
    // One by one: where a script fails, as it may in an install too, the others still run.
    ...names
      .filter(isOptional)
      .map(name => `(${command([name])} || echo ${shell(`${name} is optional: left as it is`)})`),
  ]
}

/** Every image of Node.js has the headers that node-gyp would download. pnpm 11 keeps what begins with `npm_` from scripts. */
const headers = ({ manager }: NodeFacts): string =>
  manager.id === 'pnpm' && manager.major >= 11 ? 'NPM_CONFIG_NODEDIR' : 'npm_config_nodedir'

/** Managers block scripts that no file allows, and then say that all went well. */
function unblocked({ manager, line }: NodeFacts): readonly string[] {
  if (manager.id === 'pnpm')
    // Since version 11 it reads none of npm's variables, and before none of its own.
    return manager.major >= 11
      ? ['pnpm_config_dangerously_allow_all_builds=true']
      : manager.major === 10
        ? ['npm_config_dangerously_allow_all_builds=true']
        : []
  // Since npm 12, which an image of an older line of Node.js only has where the project names it.
  const old =
    manager.id === 'npm' && manager.version !== undefined ? manager.major < 12 : Number(line.cycle) < 24
  return old ? [] : ['npm_config_dangerously_allow_all_scripts=true']
}

/** Up to version 11 the rebuild writes the programs' links anew, without the NODE_PATH that an install gives them. */
export const losesLinks = ({ manager }: NodeFacts): boolean => manager.id === 'pnpm' && manager.major < 12

/** https://yarnpkg.com/configuration/yarnrc#installStatePath */
const YARN_STATE = '.yarn/install-state.gz .yarn/build-state.yml'

/** What a compiler or a manager leaves, and no program reads. */
export function cleanUp({ manager, native, prisma, layout }: NodeFacts): readonly string[] {
  const flat = manager.id !== 'pnpm'
  const temp = layout.rush ? `${layout.rush.temp}/` : ''
  const modules = `${temp}node_modules`
  const place = (name: string) =>
    flat ? `node_modules/${name}` : `${modules}/.pnpm/${name.replace('/', '+')}@*/node_modules/${name}`
  const sources = native.leftovers.flatMap(({ name, folders }) =>
    folders.map(folder => `${place(name)}/${folder}`),
  )
  // A binary that is fetched may bring the libraries that it loads.
  const objects = native.leftovers.map(
    ({ name }) =>
      `find ${flat ? `node_modules/${name}` : `${modules}/.pnpm`} -path '${flat ? 'node_modules' : '*'}/${name}/build/*' -type f \\( -path '*/obj.target/*' -o ! -name '*.node' ! -name '*.so*' \\) -delete`,
  )
  // Of the client's query compilers only the one for this database is used.
  const compilers =
    flat && prisma && prisma.major >= 7 && prisma.provider && /^[a-z]+$/.test(prisma.provider)
      ? [
          `find node_modules/@prisma/client/runtime -name 'query_compiler_*' ! -name '*.${prisma.provider}.*' -delete`,
        ]
      : []
  // Records with times and other members in them would make the layer a new one at every install.
  const records =
    manager.id === 'pnpm'
      ? [
          `rm -rf ${modules}/.modules.yaml ${modules}/.pnpm-workspace-state*.json ${modules}/.pnpm/lock.yaml${layout.rush ? ` ${temp}package.json ${temp}pnpm-*.yaml` : ''}`,
        ]
      : manager.id === 'yarn' && manager.major > 1 && layout.app !== '.'
        ? // What is mounted into it can't be removed.
          [layout.inputs.some(path => path.startsWith('.yarn/')) ? `rm -f ${YARN_STATE}` : 'rm -rf .yarn']
        : []
  return [...(sources.length ? [`rm -rf ${sources.join(' ')}`] : []), ...objects, ...compilers, ...records]
}

/** Where Playwright looks for Chromium and, since 1.49, for the one without windows: https://playwright.dev/docs/browsers#chromium-headless-shell */
const links = (name: string): string =>
  [
    'const fs = require("fs"), path = require("path")',
    `const own = require("${name}").chromium.executablePath()`,
    'const shell = own.replace(/chromium-(?=\\d+\\/)/, "chromium_headless_shell-").replace(/chrome-linux\\/chrome$/, "chrome-linux/headless_shell").replace(/chrome-linux64\\/chrome$/, "chrome-headless-shell-linux64/chrome-headless-shell")',
    'for (const link of [own, shell]) { fs.mkdirSync(path.dirname(link), { recursive: true }); fs.symlinkSync("/usr/bin/chromium", link) }',
  ].join('; ')

/** Leads what drives a browser of its own to the image's. */
export function browserLinks({ native, layout }: NodeFacts): readonly string[] {
  const [name] = native.linked
  if (name === undefined) return []
  const line = `PLAYWRIGHT_BROWSERS_PATH=0 ${shell('node', '-e', links(name))}`
  return [layout.app === '.' ? line : `(cd ${shell(layout.app)} && ${line})`]
}
