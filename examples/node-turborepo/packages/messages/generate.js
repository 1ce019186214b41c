// Writes the source that the build compiles.
import { readFileSync, writeFileSync, mkdirSync } from 'node:fs'

const messages = JSON.parse(readFileSync('messages.json', 'utf8'))
mkdirSync('src', { recursive: true })
writeFileSync('src/messages.ts', `export const messages = ${JSON.stringify(messages)} as const\n`)
