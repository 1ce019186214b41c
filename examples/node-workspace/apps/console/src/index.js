import { createServer } from 'node:http'
import ms from 'ms'

createServer((_request, response) => response.end(`up for ${ms(process.uptime() * 1000)}`)).listen(4000)
