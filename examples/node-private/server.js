const { createServer } = require('node:http')
const ms = require('ms')

const started = Date.now()
createServer((request, response) => response.end(`up for ${ms(Date.now() - started)}\n`)).listen(
  process.env.PORT ?? 3000,
)
