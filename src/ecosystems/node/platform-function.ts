import type { Question } from '../ecosystem.ts'
import { type App, uses } from './app.ts'
import { isUnscripted } from './cloudflare.ts'
import { exportedNode } from './exported.ts'
import { scan } from './scan.ts'
import type { Start } from './start.ts'
import { parseModule } from './syntax.ts'
import { sourceOf } from './tsconfig.ts'

/** A host of Azure's loads what `main` names, by a pattern as often: https://learn.microsoft.com/azure/azure-functions/functions-reference-node */
const HOST = '@azure/functions'

/**
 * Whether what would start only defines what a platform calls, and ends at once: no script starts it, and it listens
 * nowhere. https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html, https://docs.netlify.com/build/functions/lambda-compatibility/
 */
export function isPlatformFunction(app: App, start: Start | undefined): boolean {
  if (!start || start.runs.is === 'bin' || !isUnscripted(start)) return false
  if (uses(app, HOST)) return true
  const source = sourceOf(app.project, start.runs.entry, app.tsconfig)
  const module = source === undefined ? undefined : parseModule(app.project, source)
  return (
    module !== undefined &&
    exportedNode(module, 'handler') !== undefined &&
    !scan(app.project, [module.path], app.tsconfig?.aliases).listens
  )
}

/**
 * What the Serverless Framework deploys, and the files of `api` that Vercel calls each by itself:
 * https://www.serverless.com/framework/docs/providers/aws/guide/serverless.yml, https://vercel.com/docs/functions
 */
export const isServerless = (app: App): boolean =>
  ['yml', 'yaml', 'json', 'js', 'ts'].some(extension => app.project.has(`serverless.${extension}`)) ||
  isOfVercel(app)

const isOfVercel = (app: App): boolean =>
  (app.project.has('vercel.json') || uses(app, '@vercel/node')) &&
  app.project.files.some(path => /^api\/.*\.[cm]?[jt]s$/.test(path))

export const functionQuestion = (app: App): Question => ({
  code: 'NO_START_COMMAND',
  option: 'start',
  message: `${app.manifest.name ?? 'this package'} ${
    uses(app, HOST)
      ? 'is made for Azure Functions, whose host calls it,'
      : isOfVercel(app)
        ? 'has functions in api, which Vercel calls each by itself,'
        : 'exports a handler, which a platform such as AWS Lambda or Netlify calls,'
  } and no script starts a program.`,
})
