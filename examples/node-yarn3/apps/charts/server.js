const { createServer } = require('node:http')
createServer((_, response) => response.end('charts')).listen(3001)
