import { createServer } from 'node:http'
import { greet } from '@harbour/greeting'
import ms from 'ms'

const server = createServer((_request, response) => {
  response.setHeader('content-type', 'application/json')
  response.end(JSON.stringify({ greeting: greet('workspace'), day: ms('1 day') }))
})

server.listen(Number(process.env.PORT ?? 3000))
process.on('SIGTERM', () => server.close(() => process.exit(0)))
