import type { ManagerId } from '../../knowledge/node-managers.ts'
import type { Project } from '../../project/project.ts'
import { type App, uses } from './app.ts'
import { readConfig } from './config.ts'
import type { Step } from './facts.ts'
import { hasPackages, installIn } from './install-in.ts'
import { isPrivateName } from './key-files.ts'
import { type Manifest, readManifest, text } from './manifest.ts'
import { join, joinOutward, relative } from './paths.ts'
import { reached } from './reached.ts'
import type { Command } from './scripts.ts'

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

/**
 * Files and folders outside of a package that stands alone, as seen from its folder, that its sources import and its
 * TypeScript configuration extends: `../shared`.
 * @param development whether what only a build reads counts
 */
export const outsideImports = (
  project: Project,
  dir: string,
  manifest: Manifest,
  development: boolean,
): readonly string[] =>
  dir === '.'
    ? []
    : [...new Set(reached(project, dir, new Map(), new Map([[dir, manifest]]), development).beside)].map(
        path => relative(dir, path),
      )

/** The installs of folders that sources import from and that have packages of their own, which compilers look for there. */
export const installsIn = (
  project: Project,
  root: string,
  imported: readonly string[],
  id: ManagerId,
): readonly Step[] =>
  imported
    .map(path => ({ path, dir: join(root, path) }))
    .filter(({ dir }) => dir !== '' && hasPackages(readManifest(project, `${dir}/package.json`)))
    .map(({ path, dir }) => installIn(project, dir, path, id))

/** Programs whose paths nobody reads. */
const REMOVING = /^(rm|rimraf|del|del-cli|mkdir|mkdirp|echo)$/

/** The same that commands of a build name: `cp -a ../shared/public/. dist/public`. */
export const outsideWords = (commands: readonly Command[]): readonly string[] =>
  commands.flatMap(({ words: [program = '', ...words], dir = '' }) =>
    REMOVING.test(program)
      ? []
      : words
          .map(word => word.replace(/^--?[\w-]+=/, '').replace(/\/[^/]*[*?{[].*$/, ''))
          .filter(word => /^(\.\/)?\.\.\//.test(word))
          .map(word => joinOutward(dir, word))
          .filter(path => path.startsWith('../') && !path.endsWith('..') && !isPrivateName(path)),
  )

function outward(value: unknown, depth = 0): readonly string[] {
  if (typeof value === 'string') return value.startsWith('../') ? [joinOutward(value)] : []
  return depth < DEPTH && value !== null && typeof value === 'object'
    ? Object.values(value).flatMap(item => outward(item, depth + 1))
    : []
}
