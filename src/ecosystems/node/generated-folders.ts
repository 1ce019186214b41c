import type { App } from './app.ts'
import type { Class } from './classify.ts'

/** Folders of build output that git doesn't hold. */
export function generatedFolders(
  { project, tsconfig }: App,
  { deployment, runs, start }: Class,
): readonly string[] {
  const run = runs ?? start?.runs
  const entry = run && run.is === 'node' && run.entry.includes('/') ? run.entry.split('/')[0] : undefined
  const named =
    deployment.is !== 'program' ? [deployment.out] : [...(deployment.outputs ?? []), entry, tsconfig?.outDir]
  const tracked = (path: string) => project.has(path) || project.dirs.has(path)
  return [
    ...new Set(
      named.filter(
        path => path !== undefined && path !== '' && path !== '.' && !path.startsWith('..') && !tracked(path),
      ),
    ),
  ] as readonly string[]
}
