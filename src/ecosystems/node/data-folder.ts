import type { Project } from '../../project/project.ts'
import { documented } from './env-example.ts'
import type { NodeFacts } from './facts.ts'
import type { Scan } from './found.ts'
import { copy } from './steps.ts'
import { parseModule, textOf } from './syntax.ts'

/** Where a database in a file lies: outside of the program, so that a volume can be there. */
export const DATA = '/data'

/** A database in a file. */
export interface Database {
  /** The variable that says where it lies, as an address. */
  readonly variable?: string | undefined
  readonly folder: string
  /** Whether the build makes it there, with what is in it. */
  readonly built?: true
}

export interface DataFolder {
  /** What the stage makes it with. */
  readonly commands: readonly string[]
  /** What the runtime image takes it with, as its user's. @param owner the flag that says so */
  copies(owner: string): readonly string[]
  readonly env: readonly (readonly [name: string, value: string])[]
  /** What of the launch is about it. */
  readonly volume: { readonly volume?: string }
}

const ABSOLUTE = /^((?:\/[\w-][\w.-]*)+)\/[\w.-]+\.(?:db|sqlite3?)$/
/** What an image has already, and what no volume may hide. */
const SYSTEM =
  /^\/(root|usr|s?bin|lib\d*|boot|sys|proc|dev|tmp)(\/|$)|^\/(etc|var|opt|srv|home|run|app|mnt|media|var\/\w+)$/

export const isSystem = (folder: string): boolean => SYSTEM.test(folder)

/** The variable that an example gives the address of a file of SQLite, `DATABASE_URL=file:./payload.db`, or the folder that the program names. */
export function databaseOf(project: Project, scan: Scan | undefined): Database | undefined {
  const variable = documented(project).find(({ value }) =>
    /^file:(?!\/\/)[\w./-]+\.(db|sqlite3?)$/.test(value),
  )?.name
  if (variable !== undefined) return { variable, folder: DATA }
  const folder = scan && namedFolder(project, scan)
  return folder === undefined ? undefined : { folder }
}

const SQLITE = new Set(
  'sqlite3 better-sqlite3 sqlite node:sqlite @libsql/client sequelize typeorm knex'.split(' '),
)

/** `/etc/todos` of `new Database(process.env.DB || '/etc/todos/todo.db')` */
function namedFolder(project: Project, { imports, files }: Scan): string | undefined {
  if (![...imports].some(name => SQLITE.has(name))) return undefined
  let folder: string | undefined
  for (const path of files) {
    const module = parseModule(project, path)
    module?.tree.iterate({
      enter({ node }) {
        const found = node.name === 'String' ? ABSOLUTE.exec(textOf(module, node) ?? '')?.[1] : undefined
        if (found !== undefined && !isSystem(found)) folder ??= found
      },
    })
  }
  return folder
}

/** The folder of a database in a file. @param stage that makes it; where there is none, nothing is made */
export function dataFolder({ prisma, database }: NodeFacts, stage: string | undefined): DataFolder {
  const found: Database | undefined =
    prisma?.file === undefined ? database : { variable: prisma.file, folder: DATA }
  if (found === undefined || stage === undefined)
    return { commands: [], copies: () => [], env: [], volume: {} }
  const { variable, folder } = found
  return {
    commands: found.built ? [] : [`mkdir ${folder.lastIndexOf('/') > 0 ? '-p ' : ''}${folder}`],
    copies: owner => [copy([folder], folder, stage, owner)],
    env: variable === undefined ? [] : [[variable, `file:${folder}/app.db`]],
    volume: { volume: folder },
  }
}
