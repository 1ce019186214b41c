import { phase } from '@harbour/moon'
import polka from 'polka'

const app = polka().get('/phase/:time', (request, response) => {
  const part = phase(Date.parse(String(request.params.time)))
  response.end(JSON.stringify({ phase: Math.round(part * 100) / 100 }))
})
app.listen(process.env.PORT ?? 3000)
process.on('SIGTERM', () => app.server?.close())
