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
