import type { App } from './app.ts'
import { words } from './command-words.ts'
import { type Deployment, program } from './deployment.ts'
import type { Command } from './scripts.ts'

/** `ace build` makes an app of its own, with manifest and views: https://docs.adonisjs.com/guides/deployment */
export const adonis = ({ tsconfig }: App, build: readonly Command[]): Deployment =>
  build.some(command => /^node ace(\.js)? build$/.test(command.words.slice(0, 3).join(' ')))
    ? home(tsconfig?.outDir ?? 'build')
    : program()

/** The same of Medusa 2: https://docs.medusajs.com/learn/build */
export const medusa = (_: App, build: readonly Command[]): Deployment =>
  words(build, 'medusa')?.[1] === 'build' ? home('.medusa/server') : program()

const home = (dir: string): Deployment => ({ ...program([dir]), home: dir })

/** Inside an app of Next.js it only makes the client of the database. */
export const keystone = (_: App, build: readonly Command[]): Deployment | undefined =>
  words(build, 'next') ? undefined : program()
