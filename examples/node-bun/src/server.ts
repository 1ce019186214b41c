import { Database } from 'bun:sqlite'
import { Hono } from 'hono'

const visits = new Database(':memory:')
visits.run('create table visits (at text)')

const app = new Hono()
app.get('/', context => {
  visits.run("insert into visits values (datetime('now'))")
  const { count } = visits.query('select count(*) as count from visits').get() as { count: number }
  return context.text(`Bun ${Bun.version}, visit ${count}\n`)
})

export default { port: Number(process.env.PORT ?? 3000), fetch: app.fetch }
