import type { App } from './app.ts'
import { meaningOf } from './commands.ts'
import type { Manifest } from './manifest.ts'
import { type Command, expand, shown } from './scripts.ts'

/** Commands of `postinstall` and `prepare` that a container needs nothing of. */
const NEEDLESS =
  /^(husky|husky-init|simple-git-hooks|lefthook|is-ci|only-allow|ngcc|opencollective|opencollective-postinstall|electron-builder|patch-git-hooks|git|pre-commit|lint-staged|playwright|cypress|nuxt|nuxi|svelte-kit|astro|wrangler|fumadocs-mdx|echo|true|exit|node-gyp|ts-patch|pinst|skuba|syncpack|sherif|check-dependency-version-consistency|allow-scripts|flow-typed|npm-force-resolutions|test|\[|\[\[|command|which)$/

/** The same as a file that Node.js runs: hooks of git, checks of the machine, and another package's own installer, which is rebuilt by name where it must be. */
const NEEDLESS_FILE =
  /husky|only-allow|hooks|\snode_modules\/|(^|[/\s])(prepare|preinstall|check[\w-]*)(\.[cm]?[jt]s)?(\s|$)/

/** Hooks of git, by the name of what installs them; Vite+ fails without git: https://viteplus.dev/guide/commit-hooks */
const HOOKS = /^(\S+-)?hooks(-\S+)?( |$)|^vp (config|hooks|staged)\b/

/** Whether a command of an install does nothing that a container needs, a test that guards another one too. */
export const isNeedless = (command: Command): boolean =>
  NEEDLESS.test(command.words[0] ?? '') ||
  HOOKS.test(shown(command)) ||
  (command.words[0] === 'node' && NEEDLESS_FILE.test(shown(command)))

/** Scripts of the package itself that an install would run, where one does what the build needs. */
export function installScripts(app: Pick<App, 'manifest'>): readonly string[] {
  const { scripts } = app.manifest
  const built = new Set(Object.hasOwn(scripts, 'build') ? expand(scripts, 'build').map(shown) : [])
  return ['preinstall', 'install', 'postinstall', 'prepare'].filter(name => {
    const commands = Object.hasOwn(scripts, name) ? expand(scripts, name) : []
    return commands.some(command => {
      const [program = ''] = command.words
      // `postinstall: npm run build`, for platforms that know no build: it is run once.
      if (built.has(shown(command))) return false
      if (isNeedless(command) || /^(prisma|npm|pnpm|yarn|cd)$/.test(program)) return false
      // `prepare: npm run build` and its like: the build does it.
      return (
        !(name === 'prepare' && ['build', 'dev'].includes(meaningOf(command).is)) &&
        !['other', 'dev'].includes(meaningOf(command).is)
      )
    })
  })
}

/** Whether something patches node_modules once the sources are there. */
export const patchesModules = (app: App): boolean =>
  installScripts(app).some(name =>
    expand(app.manifest.scripts, name).some(({ words }) =>
      // `remix setup` of release 1 writes what the package `remix` exports.
      /^(patch-package|ts-patch|rn-nodeify|node|remix)$/.test(words[0] ?? ''),
    ),
  )

/** Whether patch-package is run after the install, and so finds its patches beside the manifest. */
export const runsPatches = ({ scripts }: Manifest): boolean =>
  ['postinstall', 'prepare'].some(name =>
    expand(scripts, name).some(({ words }) => words[0] === 'patch-package'),
  )
