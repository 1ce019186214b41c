import fastify from 'fastify'
import { strokesAt } from './strokes'

const app = fastify()

app.get<{ Params: { hour: string } }>('/strokes/:hour', async request => ({
  strokes: strokesAt(Number(request.params.hour)),
}))

app.listen({ port: Number(process.env.PORT ?? 3000), host: '0.0.0.0' })
