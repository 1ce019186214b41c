import { PrismaLibSql } from '@prisma/adapter-libsql'
import Fastify from 'fastify'
import { PrismaClient } from './generated/client.ts'

const prisma = new PrismaClient({
  adapter: new PrismaLibSql({ url: process.env.DATABASE_URL ?? 'file:./dev.db' }),
})
await prisma.$executeRaw`create table if not exists "Visit" ("id" integer primary key autoincrement, "at" datetime not null default current_timestamp)`

const app = Fastify()
app.get('/', async () => {
  await prisma.visit.create({ data: {} })
  return { visits: await prisma.visit.count() }
})
await app.listen({ host: '0.0.0.0', port: Number(process.env.PORT ?? 3000) })
