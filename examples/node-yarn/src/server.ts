import polka from 'polka'

const server = polka()
  .get('/', (_request, response) => response.end('Hello from node_modules, without Plug and Play\n'))
  .get('/healthz', (_request, response) => response.end('ok'))
  .listen(Number(process.env.PORT ?? 3000))

process.on('SIGTERM', () => server.server?.close())
