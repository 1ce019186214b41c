import { type App, major } from './app.ts'
import type { Class } from './classify.ts'
import { readConfig } from './config.ts'

/**
 * Whether a build asks a server of its own on localhost for pages: in a container without IPv6 beyond itself that server
 * listens on ::1, and what asks looks on 127.0.0.1. https://github.com/remix-run/react-router/issues/15255,
 * https://github.com/TanStack/router/issues/6275
 */
export function asksItself(app: App, { framework }: Class): boolean {
  if (framework?.name === 'react-router') {
    const config = readConfig(app.project, 'react-router.config')
    return (
      major(app, '@react-router/dev') >= 8 &&
      (config?.get('ssr') === false || config?.parts.some(part => Object.hasOwn(part, 'prerender')) === true)
    )
  }
  if (framework?.name !== 'tanstack-start') return false
  const config = readConfig(app.project, 'vite.config')
  return ['prerender', 'spa', 'pages'].some(name => Object.keys(config?.plugin(name) ?? {}).length > 0)
}
