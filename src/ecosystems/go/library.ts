import { byConvention } from '../../facts.ts'
import type { Wishes } from '../../options/options.ts'
import type { Candidate, Question } from '../ecosystem.ts'
import type { GoFacts } from './facts.ts'
import type { Modules } from './modules.ts'
import { versionOf } from './version.ts'

/** A repository without a program: something that others import. */
export function libraries(modules: Modules, wishes: Wishes): Candidate<GoFacts>[] {
  const [module] = modules.all.filter(({ dir }) => dir === '.')
  if (!module?.file) return []
  const { version, notes } = versionOf(module, modules, wishes)
  const question: Question = {
    code: 'NOTHING_TO_RUN',
    message: 'no main package is here, so there is nothing to run in a container',
  }
  return [
    {
      ecosystem: 'go',
      name: module.path.split('/').at(-1) ?? '.',
      dir: '.',
      fit: 'exact',
      notes,
      questions: [question],
      facts: {
        kind: byConvention('library', 'no main package'),
        runtimeVersion: version,
        packageManager: byConvention('go', 'Go modules'),
        program: 'app',
        layout: {
          base: '.',
          module: '.',
          target: '.',
          manifests: [],
          vendored: false,
          locked: true,
          prepare: [],
        },
        native: {
          cgo: byConvention(false, 'nothing is built'),
          links: 'nothing',
          build: [],
          run: [],
          tags: [],
          unknown: [],
        },
        args: [],
        variables: [],
        files: [],
        embeds: { files: [], missing: [] },
        reclaimed: [],
        commands: [],
      },
    },
  ]
}
