import fastify from 'fastify'
import { minutesFor } from './teas.js'

const app = fastify()

app.get('/teas/:name', async (request, reply) => {
  const minutes = minutesFor(request.params.name)
  return minutes === undefined ? reply.code(404).send({ error: 'no such tea' }) : { minutes }
})

// No address: Fastify listens on localhost alone, which is what a laptop wants.
await app.listen({ port: 3000 })
