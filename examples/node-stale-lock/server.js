const { createServer } = require('node:http')
const bytes = require('bytes')
const ms = require('ms')

// The lock file was written before `bytes` was asked for.
const server = createServer((_, response) => {
  response.end(JSON.stringify({ day: ms('1d'), megabyte: bytes('1mb') }))
})
server.listen(process.env.PORT ?? 3000)
process.on('SIGTERM', () => server.close())
