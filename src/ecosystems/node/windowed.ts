import type { Wishes } from '../../options/options.ts'
import { type App, uses } from './app.ts'
import { libraries, ownServers } from './frameworks.ts'
import { table } from './manifest.ts'
import { findStart } from './start.ts'

/** What pages call Tauri with: https://v2.tauri.app/reference/javascript/ */
const TAURI = /^(@tauri-apps\/(api|plugin-.+)|tauri-plugin-.+-api)$/
const all = ({ manifest: { dependencies, devDependencies, optionalDependencies } }: App) => ({
  ...devDependencies,
  ...optionalDependencies,
  ...dependencies,
})

/** What runs on phones, on desktops or in an editor has no container. */
export const hasWindow = (app: App): boolean =>
  uses(app, 'expo', 'react-native', 'electron') ||
  // Pages that never call Tauri are a site that a window shows too.
  (uses(app, '@tauri-apps/cli') && Object.keys(all(app)).some(name => TAURI.test(name))) ||
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
