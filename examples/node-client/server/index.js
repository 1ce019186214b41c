import { serve } from '@hono/node-server'
import { serveStatic } from '@hono/node-server/serve-static'
import { heights } from '@tide-table/tides'
import { Hono } from 'hono'

const app = new Hono()
app.get('/api/tides', context => context.json(heights(Date.now())))
app.use(serveStatic({ root: '../web/dist' }))

const server = serve({ fetch: app.fetch, port: Number(process.env.PORT ?? 4173) })
process.on('SIGTERM', () => server.close(() => process.exit(0)))
