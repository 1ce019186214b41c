import { type App, uses } from './app.ts'
import type { Class } from './classify.ts'
import { DATA, type Database } from './data-folder.ts'

/**
 * Astro DB's file, where the build doesn't ask for a remote database: a server isn't built without a name for it, and
 * the build makes its tables and fills them. https://docs.astro.build/en/guides/astro-db/#building-and-deploying-your-site
 */
export function astroDatabase(app: App, { framework, deployment, build }: Class): Database | undefined {
  const commands = build.commands.filter(({ words }) => words[0] === 'astro' && words[1] === 'build')
  return framework?.name === 'astro' &&
    deployment.is === 'program' &&
    uses(app, '@astrojs/db') &&
    commands.length > 0 &&
    commands.every(({ words, env }) => !words.includes('--remote') && !('ASTRO_DATABASE_FILE' in env))
    ? { variable: 'ASTRO_DATABASE_FILE', folder: DATA, built: true }
    : undefined
}
