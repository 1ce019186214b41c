const { execFile } = require('node:child_process')
const { promisify } = require('node:util')
const bcrypt = require('bcrypt')
const { openFor } = require('hours')
const Koa = require('koa')

const run = promisify(execFile)
const app = new Koa()

app.use(async context => {
  const hash = await bcrypt.hash('harbour', 4)
  const { stdout } = await run('/bin/sh', ['-c', 'echo open'])
  context.body = { matches: await bcrypt.compare('harbour', hash), harbour: stdout.trim(), openFor }
})

app.listen(process.env.PORT || 3000)
