import fastify from 'fastify'
import { nextFerry } from '../../shared/timetable.js'

const app = fastify()

app.get('/', () => `The next ferry leaves at ${nextFerry(new Date())}\n`)
app.get('/healthz', () => ({ ok: true }))

process.on('SIGTERM', () => app.close())

await app.listen({ port: Number(process.env.PORT ?? 3000), host: '0.0.0.0' })
