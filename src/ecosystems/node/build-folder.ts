import { contextPath } from '../../plan/words.ts'
import type { NodeFacts } from './facts.ts'
import { join } from './paths.ts'

/**
 * Where the build stage works. A compiler that takes in what lies outside of the app's folder writes the names of
 * folders into its output, `dist/server/src/index.js`: then the repository's folders are there as they are.
 */
export const buildFolder = ({ layout, deployment, program }: NodeFacts): string =>
  layout.app === '.' &&
  layout.outside !== undefined &&
  layout.outside.length > 0 &&
  deployment.is === 'program' &&
  program?.files.includes('.') === false
    ? `/app/${contextPath(layout.root)}`
    : '/app'

/** Where a package above the app's folder is in the build stage, and its modules with it. */
export const aboveFolder = (facts: NodeFacts): string => {
  const { above } = facts.layout
  return above?.target ?? (buildFolder(facts) === '/app' ? '/' : `/${join('app', above?.dir ?? '')}`)
}
