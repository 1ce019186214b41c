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

/** The folder of Prisma's SQLite database, where one variable says where that lies; else nothing. */
export const dataFolder = ({ prisma }: Pick<NodeFacts, 'prisma'>): DataFolder =>
  prisma?.file
    ? {
        commands: [`mkdir ${DATA}`],
        copies: owner => [copy([DATA], DATA, 'build', owner)],
        env: [[prisma.file, `file:${DATA}/app.db`]],
        volume: { volume: DATA },
      }
    : { commands: [], copies: () => [], env: [], volume: {} }
