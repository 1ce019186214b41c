import { type App, uses } from './app.ts'
import { readConfig } from './config.ts'
import { text } from './manifest.ts'
import { joinOutward } from './paths.ts'

/** Depth to which a configuration is searched. */
const DEPTH = 8

/**
 * Folders outside of its own that a site takes pages from, as seen from there: `docs: { path: '../docs' }` of
 * Docusaurus, whose first release looks for them there unasked.
 * https://docusaurus.io/docs/api/plugins/@docusaurus/plugin-content-docs#path, https://v1.docusaurus.io/docs/en/site-config
 */
export function outsideFolders(app: App): readonly string[] {
  if (uses(app, 'docusaurus'))
    return [joinOutward('..', text(readConfig(app.project, 'siteConfig')?.get('customDocsPath')) ?? 'docs')]
  if (!uses(app, '@docusaurus/core')) return []
  const config = readConfig(app.project, 'docusaurus.config')
  const named = ['presets', 'plugins', 'themes', 'staticDirectories'].flatMap(key =>
    outward(config?.get(key)),
  )
  return [...new Set(named)]
}

function outward(value: unknown, depth = 0): readonly string[] {
  if (typeof value === 'string') return value.startsWith('../') ? [joinOutward(value)] : []
  return depth < DEPTH && value !== null && typeof value === 'object'
    ? Object.values(value).flatMap(item => outward(item, depth + 1))
    : []
}
