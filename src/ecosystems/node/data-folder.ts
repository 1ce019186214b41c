import type { Project } from '../../project/project.ts'
import { documented } from './env-example.ts'
import type { NodeFacts } from './facts.ts'
import { copy } from './steps.ts'

/** Where a database in a file lies: outside of the program, so that a volume can be there. */
const DATA = '/data'

interface DataFolder {
  /** What the build stage makes it with. */
  readonly commands: readonly string[]
  /** What the runtime image takes it with, as its user's. @param owner the flag that says so */
  copies(owner: string): readonly string[]
  readonly env: readonly (readonly [name: string, value: string])[]
  /** What of the launch is about it. */
  readonly volume: { readonly volume?: string }
}

/** The variable that an example gives the address of a file of SQLite: `DATABASE_URL=file:./payload.db`. */
export const documentedDatabase = (project: Project): string | undefined =>
  documented(project).find(({ value }) => /^file:(?!\/\/)[\w./-]+\.(db|sqlite3?)$/.test(value))?.name

/** The folder of a database in a file, where one variable says where that lies; else nothing. A build makes it. */
export function dataFolder({ prisma, steps, database }: NodeFacts): DataFolder {
  const variable = prisma?.file ?? (steps.length ? database : undefined)
  return variable !== undefined
    ? {
        commands: [`mkdir ${DATA}`],
        copies: owner => [copy([DATA], DATA, 'build', owner)],
        env: [[variable, `file:${DATA}/app.db`]],
        volume: { volume: DATA },
      }
    : { commands: [], copies: () => [], env: [], volume: {} }
}
