/** Packages that end a server as a signal tells it. */
export const SHUTDOWN = new Set([
  'close-with-grace',
  'http-graceful-shutdown',
  '@godaddy/terminus',
  'lightship',
  'fastify-graceful-shutdown',
])
/** Packages whose use is to start other programs. */
export const SPAWNS = new Set([
  'child_process',
  'execa',
  'cross-spawn',
  'shelljs',
  'zx',
  'fluent-ffmpeg',
  'simple-git',
])
/** Packages that keep files where the program is. */
export const WRITES = new Set([
  'better-sqlite3',
  'sqlite3',
  'node:sqlite',
  'sqlite',
  'multer',
  'lowdb',
  'nedb',
  '@seald-io/nedb',
  'nedb-promises',
  'node-persist',
  'winston-daily-rotate-file',
  'conf',
  'level',
  '@libsql/client',
  'formidable',
  'express-fileupload',
  'session-file-store',
  'rotating-file-stream',
  'file-stream-rotator',
  'node-localstorage',
  'node-json-db',
  'configstore',
  'lokijs',
  'whatsapp-web.js',
  'baileys',
  '@whiskeysockets/baileys',
  'wechaty',
  'webtorrent',
  'make-dir',
  'mkdirp',
  'write-file-atomic',
  'write-json-file',
])
/** Databases that are a file, by the part of a package or runtime that opens it. */
export const SQLITE = /^bun:sqlite$|^drizzle-orm\/(bun-sqlite|better-sqlite3|libsql)(\/|$)/
/** Databases in a file: what works with several kinds loads them by a name in its settings, so no import tells. */
export const EMBEDDED = [
  'better-sqlite3',
  'sqlite3',
  'sqlite',
  '@libsql/client',
  '@payloadcms/db-sqlite',
  '@mikro-orm/sqlite',
  '@mikro-orm/better-sqlite',
  '@mikro-orm/libsql',
  '@keyv/sqlite',
  'connect-sqlite3',
  'quick.db',
  'enmap',
]
