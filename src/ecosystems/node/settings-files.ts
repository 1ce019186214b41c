import type { Project } from '../../project/project.ts'
import type { Deployment } from './deployment.ts'
import { scan } from './scan.ts'

/** Settings are few files. */
const MAX_FILES = 12

/** The settings that a framework's server reads as it starts: code among what it needs, as `next.config.js`. */
export const settingsOf = (project: Project, deployment: Deployment): readonly string[] =>
  deployment.is === 'program'
    ? [...(deployment.outputs ?? []), deployment.settings ?? ''].filter(
        path => /\.config\.[cm]?[jt]s$/.test(path) && project.has(path),
      )
    : []

/** What of the project they load besides: `require('./redirects')`. */
export const besideSettings = (project: Project, settings: readonly string[]): readonly string[] =>
  [...scan(project, settings, [], MAX_FILES).files].filter(
    path => project.has(path) && path !== 'package.json' && !settings.includes(path),
  )

/**
 * What node-config reads its settings with, where they are TypeScript: the package, and the file that needs it.
 * https://github.com/node-config/node-config/wiki/Configuration-Files
 */
export function settingsLoader(
  project: Project,
  imports: ReadonlySet<string>,
): readonly (readonly [name: string, path: string])[] {
  const path = project.files.find(file => /^config\/(default|production)\.ts$/.test(file))
  return imports.has('config') && path !== undefined ? [['ts-node', path]] : []
}
