import { greeting } from '@ferry/greeting'
import { serve } from '@hono/node-server'
import { Hono } from 'hono'

const app = new Hono()
app.get('/', context => context.json({ greeting: greeting(90_000) }))
app.get('/healthz', context => context.text('ok'))

const server = serve({ fetch: app.fetch, port: Number(process.env.PORT ?? 3000) })
process.on('SIGTERM', () => server.close(() => process.exit(0)))
