import type { Wishes } from '../../options/options.ts'
import { type Note, note } from '../../plan/notes.ts'
import type { Project } from '../../project/project.ts'
import { type App, uses } from './app.ts'
import { meaningOf } from './commands.ts'
import { buildsApp, libraries, ownServers, siteMaker } from './frameworks.ts'
import { table } from './manifest.ts'
import { expand } from './scripts.ts'
import { findStart } from './start.ts'

/** What pages call Tauri with: https://v2.tauri.app/reference/javascript/ */
const TAURI = /^(@tauri-apps\/(api|plugin-.+)|tauri-plugin-.+-api)$/
const all = ({ manifest: { dependencies, devDependencies, optionalDependencies } }: App) => ({
  ...devDependencies,
  ...optionalDependencies,
  ...dependencies,
})

/** Makers of sites that make the program around the window as well. */
const ELECTRON = /^(electron-vite|vite-plugin-electron(-renderer)?|electron-forge|@electron-forge\/.+)$/

/** Packages that work inside of Electron alone, where a folder leaves Electron itself to the one above. */
const INSIDE_ELECTRON = [
  'electron-store',
  'electron-updater',
  'electron-window-state',
  'electron-context-menu',
]

/** Pages that their own maker builds, and that a script shows in a browser: Electron's window is another way to see them. */
function isSite(app: App): boolean {
  if (Object.keys(all(app)).some(name => ELECTRON.test(name))) return false
  const { scripts } = app.manifest
  const build = expand(scripts, 'build', true)
  const made = build.length > 0 && build.every(command => meaningOf(command).is === 'build')
  const shown = ['start', 'dev', 'serve', 'web', 'start:dev'].some(name => {
    const commands = expand(scripts, name)
    return (
      commands.some(command => meaningOf(command).is === 'dev') &&
      !commands.some(({ words }) => words[0] === 'electron')
    )
  })
  return made && shown && (siteMaker(app, build) !== undefined || buildsApp(app, build))
}

/** A browser has nothing of what such pages ask their window for. */
export function windowNotes(app: App): readonly Note[] {
  const window = uses(app, 'electron') ? 'Electron' : uses(app, '@tauri-apps/cli') ? 'Tauri' : undefined
  return window === undefined
    ? []
    : [
        note(
          'WINDOW_LEFT_OUT',
          'info',
          `the image serves the pages to browsers: ${window}'s window, and what it does for them, is no part of it`,
        ),
      ]
}

/** What makes an extension of a browser: its pages are loaded from there, and no server has them. */
const EXTENSION = ['wxt', 'plasmo', '@crxjs/vite-plugin', 'vite-plugin-web-extension', '@samrum/vite-plugin-web-extension'] // biome-ignore format: one list

/** What makes pages that browsers install: https://web.dev/learn/pwa/service-workers */
const INSTALLED_BY_BROWSERS = ['vite-plugin-pwa', '@vite-pwa/astro', '@vite-pwa/nuxt', '@vite-pwa/sveltekit', '@serwist/next', '@serwist/vite', 'next-pwa', '@ducanh2912/next-pwa', '@angular/service-worker'] // biome-ignore format: one list

/** Where what has no container shows itself, by the packages of its manifest. */
const SHOWN_BY: readonly (readonly [where: string, packages: readonly string[]])[] = [
  ['a browser that loads it as an extension', EXTENSION],
  ['phones', ['expo', 'react-native']],
  ["Electron's windows", ['electron', ...INSIDE_ELECTRON]],
  ["Tauri's windows", ['@tauri-apps/cli', '@tauri-apps/api']],
]

/** `package.json is of a program for phones, which is nothing that a container runs` */
export function declines(project: Project): string | undefined {
  const raw = table(project.parse('package.json'))
  const names = {
    ...table(raw.devDependencies),
    ...table(raw.optionalDependencies),
    ...table(raw.dependencies),
  }
  const [where] =
    table(raw.engines).vscode !== undefined
      ? ['Visual Studio Code']
      : (SHOWN_BY.find(([, packages]) => packages.some(name => Object.hasOwn(names, name))) ?? [])
  return where && `package.json is of a program for ${where}, which is nothing that a container runs`
}

/** A window shows files alone, so what its settings make a server of is one: https://v2.tauri.app/start/frontend/ */
const isServed = (app: App): boolean =>
  ownServers(app, []).some(({ deploy }) => {
    const made = deploy?.(app, [])
    return made !== undefined && made.is !== 'files'
  })

/** What runs on phones, on desktops, in an editor or as a part of a browser has no container. */
export const hasWindow = (app: App): boolean =>
  uses(app, ...EXTENSION) ||
  uses(app, 'expo', 'react-native') ||
  (uses(app, 'electron', ...INSIDE_ELECTRON) && !isSite(app)) ||
  // Pages that never call Tauri are a site that a window shows too, and so are those that browsers install.
  (uses(app, '@tauri-apps/cli') &&
    !uses(app, ...INSTALLED_BY_BROWSERS) &&
    !isServed(app) &&
    Object.keys(all(app)).some(name => TAURI.test(name))) ||
  table(app.manifest.raw.engines).vscode !== undefined

/**
 * Whether a script starts a server all the same: a program of the package's own (libraries for servers are on phones
 * for their types), or its framework's.
 */
export function startsServer(app: App, wishes: Wishes): boolean {
  const start = findStart(app, wishes, true)
  const source = start?.fact.source
  if (source?.from !== 'file' || !source.detail?.startsWith('scripts.')) return false
  const runs = start?.runs
  return runs?.is === 'bin'
    ? ownServers(app, []).some(own => own.start?.split(' ')[0] === runs.name)
    : libraries(app).length > 0
}
