import { type App, uses } from './app.ts'

/**
 * The program that `main` means: the source where it names that as if the compiler put its output beside it, and none
 * where Electron opens a window by it. https://www.electronjs.org/docs/latest/tutorial/tutorial-first-app
 */
export function mainEntry(app: App, main: string): string | undefined {
  if (uses(app, 'electron')) return undefined
  if (app.project.has(main) || app.tsconfig?.outDir === undefined) return main
  const source = main.replace(/\.([cm]?)js$/, '.$1ts')
  return app.project.has(source) ? source : main
}
