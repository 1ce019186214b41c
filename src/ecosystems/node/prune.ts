import semver from 'semver'
import { shell } from '../../plan/words.ts'
import type { NodeFacts } from './facts.ts'
import { type Install, install, productionInstall, scriptless } from './install.ts'
import { focuses, folders, strips } from './manifests.ts'
import { preferredRanges } from './rush-install.ts'

/**
 * Takes the development dependencies out of an install that the build has made, and leaves what it did to the others.
 * With mounts it is a RUN of its own.
 */
export function prune(facts: NodeFacts): Install {
  const { manager, installFlags, layout } = facts
  // npm knows neither `workspace:` nor `patch:`. Yarn leaves what an install has in common with the one before.
  if (manager.id === 'yarn' && manager.major > 1 && (focuses(facts, true) || strips(facts)))
    return install(facts, true)
  return { mounts: [], commands: commands() }

  function commands(): readonly string[] {
    if (manager.id === 'pnpm' && layout.app !== '.')
      // Since version 9 pnpm's own prune empties the folders of members; an install leaves for a week what none asks for.
      return [
        ...(layout.rush ? preferredRanges(layout.rush, folders(facts, false)) : []),
        `CI=true ${productionInstall(facts).join('')} --config.modules-cache-max-age=0`,
      ]
    switch (manager.id) {
      case 'npm':
        return [shell('npm', 'prune', '--omit=dev', ...scriptless(facts), ...installFlags)]
      case 'pnpm':
        return [
          `CI=true pnpm prune --prod${manager.version && semver.lt(manager.version, '8.15.6') ? '' : ' --ignore-scripts'}`,
        ]
      default:
        return ['npm prune --omit=dev --ignore-scripts --no-package-lock']
    }
  }
}
