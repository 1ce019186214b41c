import { type Note, note } from '../../plan/notes.ts'
import { shell } from '../../plan/words.ts'
import { DATA } from './data-folder.ts'
import type { NodeFacts } from './facts.ts'
import { fileFolder } from './plan-parts.ts'
import { stepCommand } from './steps.ts'

/**
 * Where Prisma's tables are in a file of the container's, nothing makes them: its command is none of the running
 * image's, and the build stage has it with all that it reads. What it makes there as root is given to the program.
 * @param user the program's
 */
export function tableNotes(facts: NodeFacts, user: string): readonly Note[] {
  const { prisma, name } = facts
  if (prisma?.file === undefined || prisma.tables === undefined) return []
  const [dir, tag] = [fileFolder(facts.layout), name.toLowerCase().replace(/^@[^/]*\//, '')]
  const plain = /^[a-z0-9][\w.-]*$/.test(tag) ? tag : 'app'
  const file = dir === '.' ? [] : ['-f', `${dir}/Dockerfile`]
  const volume = ['-v', `${plain}-data:${DATA}`]
  const makes = stepCommand(facts, {
    words: ['prisma', ...prisma.tables.split(' ')],
  })
  const build = shell('docker', 'build', '--target', 'build', '-t', `${plain}-tables`, ...file, '.')
  const run = shell(
    ...['docker', 'run', '--rm', ...volume, '-e', `${prisma.file}=file:${DATA}/app.db`, `${plain}-tables`],
    ...['sh', '-c', `${makes} && chown -R ${user} ${DATA}`],
  )
  return [
    note(
      'TABLES_NOT_MADE',
      'warning',
      `nothing in the image makes the tables of the database in ${DATA}: once for each deployment, ${build} && ${run}; then start the app with ${volume.join(' ')} too`,
    ),
  ]
}
