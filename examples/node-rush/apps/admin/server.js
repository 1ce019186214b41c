import express from 'express'

express()
  .get('/', (_, response) => response.send('admin'))
  .listen(3001)
