import { createServer } from 'node:http'
import ms from 'ms'

createServer((_request, response) => response.end(`open for ${ms(process.uptime() * 1000)}`)).listen(8081)
