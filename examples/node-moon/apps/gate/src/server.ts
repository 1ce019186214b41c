import { normalize } from '@car-park/plates'
import { serve } from '@hono/node-server'
import { Hono } from 'hono'

const inside = new Set<string>()
const app = new Hono()
app.get('/', context => context.json({ inside: [...inside] }))
app.get('/plates/:plate', context => context.json({ plate: normalize(context.req.param('plate')) }))
app.put('/plates/:plate', context => {
  inside.add(normalize(context.req.param('plate')))
  return context.body(null, 204)
})
app.get('/health', context => context.text('open'))

const server = serve({ fetch: app.fetch, port: Number(process.env.PORT ?? 8080) })
process.on('SIGTERM', () => server.close(() => process.exit(0)))
