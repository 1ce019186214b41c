import path from 'node:path'
import express from 'express'

const client = path.join(import.meta.dirname, '..', 'client', 'dist')
const app = express()

app.get('/api/locks', (_request, response) => {
  response.json([
    { name: 'Upper lock', open: true },
    { name: 'Lower lock', open: false },
  ])
})
app.use(express.static(client))

app.listen(process.env.PORT ?? 8000)
