import { type App, uses } from './app.ts'
import { developersEntries, developersOutputs } from './bundled-from.ts'

/**
 * The program that `main` means: the source where it names that as if the compiler put its output beside it, or as
 * `npm init` writes it, and none where Electron opens a window by it.
 * https://www.electronjs.org/docs/latest/tutorial/tutorial-first-app
 */
export function mainEntry(app: App, main: string): string | undefined {
  if (uses(app, 'electron')) return undefined
  // `npm init` wrote a name that nothing has, and developers start what the build makes.
  if (!main.includes('/') && !app.project.has(main) && developersOutputs(app).length > 0) return undefined
  if (app.project.has(main) || app.tsconfig?.outDir === undefined) return main
  const beside = main.replace(/\.([cm]?)js$/, '.$1ts')
  // What developers start instead is another matter: a start that has moved.
  const source = main === 'index.js' && developersEntries(app).length === 0 ? 'src/index.ts' : beside
  return app.project.has(source) ? source : main
}
