import type { App } from './app.ts'
import type { Build } from './build.ts'
import { selected } from './scripts.ts'
import { holdsMembers } from './workspaces.ts'

/** The root of a workspace lists its members' tools: it is an app itself only where it has more than that. */
export function evident({ manifest, project }: App, build: Build): boolean {
  if (!holdsMembers(project, manifest)) return true
  const delegates = build.commands.every(
    ({ words }) =>
      /^(turbo|nx|lerna|pnpm|yarn|npm|moon|rush|wireit|preconstruct|changeset)$/.test(words[0] ?? '') ||
      selected(words) !== undefined,
  )
  return (
    !delegates ||
    project.files.some(
      file =>
        /^(index\.html|angular\.json|[\w-]+\.config\.[cm]?[jt]s|(src\/)?(app|pages)\/.*)$/.test(file) &&
        !/^(eslint|oxlint|prettier|stylelint|vitest|jest|commitlint|lint-staged|playwright|cypress|tsup|tsdown|turbo|renovate|release|postcss|tailwind|babel|ecosystem|pm2|knip|syncpack|codegen|ncu)\./.test(
          file,
        ),
    )
  )
}
