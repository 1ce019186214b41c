import type { Question } from '../ecosystem.ts'
import type { App } from './app.ts'
import type { Start } from './start.ts'

/** https://developers.cloudflare.com/workers/wrangler/configuration/ */
const SETTINGS = ['wrangler.toml', 'wrangler.json', 'wrangler.jsonc']

/** Whether a package is for Cloudflare's runtime alone: its tool has settings there, and no script starts a program. */
export const isForCloudflare = ({ project }: App, start: Start | undefined): boolean =>
  SETTINGS.some(file => project.has(file)) && (start === undefined || isUnscripted(start))

/** Whether a program is taken for one by its place alone. */
export const isUnscripted = ({ fact: { source } }: Start): boolean =>
  source.from === 'convention' || (source.from === 'file' && source.detail === 'main')

export const cloudflareQuestion = ({ manifest }: App): Question => ({
  code: 'NO_START_COMMAND',
  option: 'start',
  message: `${manifest.name ?? 'this package'} is made for Cloudflare Workers, a runtime that no container has, and no script starts it with Node.js.`,
})
