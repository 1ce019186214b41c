import { serve } from '@hono/node-server'
import { messages } from '@quay/messages'
import { Hono } from 'hono'

const app = new Hono()
app.get('/', context => context.json({ greeting: messages.greeting }))
app.get('/healthz', context => context.text('ok'))

const server = serve({ fetch: app.fetch, port: Number(process.env.PORT ?? 3000) })
process.on('SIGTERM', () => server.close(() => process.exit(0)))
