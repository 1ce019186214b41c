import { byConvention } from '../../facts.ts'
import { type App, uses } from './app.ts'
import { type Build, byScript, isBuild } from './build.ts'
import { meaningOf } from './commands.ts'
import { type Framework, isRun, siteMakers } from './frameworks.ts'
import { type Command, expand } from './scripts.ts'

/** Scripts that show, try or publish what another one builds. */
const NOT_FOR_PRODUCTION =
  /(^|[:._-])(dev|develop|start|serve|watch|test|e2e|preview|staging|debug|deploy|release|analy[sz]e|report)([:._-]|$)/

/** The script that makes a site, where the usual one builds something else beside it, or there is none: `docs:build`. */
export function siteBuild(app: App, build: Build, framework: Framework): Build {
  if (build.fact?.source.from === 'flag' || isRun(framework, build.commands)) return build
  if (build.commands.length > 0 && framework.kind !== 'static') return build
  const name = runs(app, framework)
  return name === undefined ? build : byScript(app, name)
}

/** A script whose build is that of a framework. @param named what its name must say */
const runs = (app: App, framework: Framework, named = /./): string | undefined => {
  const { scripts } = app.manifest
  return Object.keys(scripts).find(key => {
    const commands = expand(scripts, key, true)
    const last = commands.findLastIndex(command => isRun(framework, [command]))
    return (
      !NOT_FOR_PRODUCTION.test(key) &&
      named.test(key) &&
      last >= 0 &&
      commands.every(
        (command, index) =>
          meaningOf(command).is === 'build' ||
          command.words[0] === 'node' ||
          // Tools of the library's own build: a program after the pages would publish them.
          (index < last && meaningOf(command).is === 'bin'),
      )
    )
  })
}

/** Of a maker of sites beside tasks, the script that runs it, as by hand with them: `publish: eleventy & gulp`. */
export function besideTasks(app: App): Build | undefined {
  const name = siteMakers(app)
    .filter(({ name }) => name !== 'gulp')
    .map(framework => runs(app, framework))
    .find(script => script !== undefined)
  return name === undefined || !uses(app, 'gulp', 'grunt') ? undefined : byScript(app, name)
}

/** A script for what is served comes first; without any the framework's own command builds. */
export function withDefault(app: App, build: Build, framework: Framework): Build {
  const better = framework.scripts?.find(name => Object.hasOwn(app.manifest.scripts, name))
  if (better !== undefined && build.fact?.source.from !== 'flag') return byScript(app, better)
  const demanded = framework.demands?.(app)?.split(' ')
  if (demanded !== undefined && build.fact?.source.from !== 'flag') return doing(app, build, demanded)
  const { builder } = framework
  // `build:website` prepares what the framework's own command builds from; what generates code or lists is no build of it.
  const only = build.script === 'generate' && !isRun(framework, build.commands)
  const script = build.commands.length === 0 || only ? runs(app, framework, /build/) : undefined
  if (script !== undefined && build.fact?.source.from !== 'flag') return byScript(app, script)
  if (build.commands.length || !framework.build || (builder && !uses(app, builder))) return build
  return {
    commands: [{ env: {}, words: framework.build.split(' ') }],
    fact: byConvention(framework.build, `how ${framework.name} builds`),
  }
}

/** The build that runs a command: the usual one if it does, another script, or the command as it is. */
function doing(app: App, build: Build, command: readonly string[]): Build {
  const { scripts } = app.manifest
  const does = (commands: readonly Command[]) =>
    commands.some(({ words }) => command.every((word, index) => words[index] === word))
  const script = Object.keys(scripts).find(name => {
    const commands = expand(scripts, name, true)
    return !NOT_FOR_PRODUCTION.test(name) && does(commands) && isBuild(commands)
  })
  if (does(build.commands)) return build
  return script !== undefined
    ? byScript(app, script)
    : {
        commands: [{ env: {}, words: command }],
        fact: byConvention(command.join(' '), 'what its settings ask for'),
      }
}
