import express from 'express'

const app = express()
const visits = new Map<string, number>()

app.get('/healthz', (_request, response) => {
  response.send('ok')
})

app.get('/hello/:name', (request, response) => {
  const count = (visits.get(request.params.name) ?? 0) + 1
  visits.set(request.params.name, count)
  response.json({ hello: request.params.name, count })
})

app.get('/', (_request, response) => {
  response.send('Say hello at /hello/you')
})

app.listen(Number(process.env.PORT ?? 3000))
