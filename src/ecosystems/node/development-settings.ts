import { type App, usesInProduction } from './app.ts'
import { table } from './manifest.ts'

/** https://sequelize.org/docs/v6/other-topics/migrations/#configuration */
const FILE = 'config/config.json'

/**
 * The settings of Sequelize that the program reads by the name of its environment, where they have some for
 * development and none for production: it would end before it asked for its database.
 * @param literals the strings in the program
 */
export function developmentSettings(app: App, literals: ReadonlySet<string>): string | undefined {
  if (!usesInProduction(app, 'sequelize') || ![...literals].some(text => text.endsWith(FILE)))
    return undefined
  const { development, production } = table(app.project.parse(FILE))
  return development !== undefined && production === undefined ? FILE : undefined
}
