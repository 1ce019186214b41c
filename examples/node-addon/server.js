import bcrypt from 'bcrypt'
import Fastify from 'fastify'
import sharp from 'sharp'

const app = Fastify()
const secret = await bcrypt.hash('open', 8)

app.get('/', async request => ({ open: await bcrypt.compare(String(request.query.password ?? 'open'), secret) }))
app.get('/square.png', async (request, reply) => {
  const image = sharp({ create: { width: 16, height: 16, channels: 3, background: 'teal' } }).png()
  return reply.type('image/png').send(await image.toBuffer())
})

await app.listen({ host: '0.0.0.0', port: Number(process.env.PORT ?? 3000) })
