import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import ms from 'ms'

const app = new Hono()
app.get('/', context => context.text(ms(process.uptime() * 1000)))
serve({ fetch: app.fetch, port: 3001 })
