import { describe } from '@tide/clock'
import { fastify } from 'fastify'

const server = fastify({ logger: true })
server.get('/', async () => ({ uptime: describe(process.uptime()) }))
server.get('/healthz', async () => 'ok')

await server.listen({ port: Number(process.env.PORT ?? 3000), host: '0.0.0.0' })
process.on('SIGTERM', () => server.close())
