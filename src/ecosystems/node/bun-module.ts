import { type App, uses } from './app.ts'
import { text } from './manifest.ts'
import { join } from './paths.ts'

/** Bun's templates name the program itself as `module`: a source file, mostly one that only Bun can run as it is. */
export function bunModule(app: App): string | undefined {
  const module = text(app.manifest.raw.module)
  if (module === undefined || !isForBun(app)) return undefined
  const path = join(module)
  // A private package is no library, so its JavaScript is a program too.
  const own = app.manifest.raw.private === true ? [path, path.replace(/\.ts$/, '.js')] : []
  return [path, path.replace(/\.js$/, '.ts'), ...own].find(
    (file, index) => (index > 1 || /\.[cm]?tsx?$/.test(file)) && app.project.has(file),
  )
}

export const isForBun = (app: App): boolean =>
  app.manager.id === 'bun' || uses(app, '@types/bun', 'bun-types')

/** Whether what Bun's template says of the program is still there, be it stale: no build makes another file. */
export const isOfBun = (app: App): boolean => {
  const module = text(app.manifest.raw.module)
  return (
    bunModule(app) !== undefined ||
    (module !== undefined &&
      isForBun(app) &&
      !app.project.has(join(module)) &&
      !Object.hasOwn(app.manifest.scripts, 'build'))
  )
}
