import runtime from 'handlebars/runtime.js'
import type { GeneratedFile, Plan } from '../plan/plan.ts'
import { safe } from '../plan/words.ts'
import type { Project } from '../project/project.ts'
import { dockerignore } from './dockerignore.ts'
import { HELPERS } from './helpers.ts'
import { PARTIALS, PARTS, TEMPLATES, type TemplateName } from './templates.ts'

/** The runtime alone, whose own types leave `create` out. */
const Handlebars = runtime as unknown as typeof import('handlebars')

/** A file that is to be written, from the root of the build context. */
export interface OutputFile {
  readonly path: string
  readonly content: string
}

/**
 * Fills a plan's templates.
 * @returns the Dockerfile, what stands beside it, and the .dockerignore, in that order
 * @throws UserError UNSAFE_VALUE for a text of the project that a Dockerfile can't hold
 */
export async function render(plan: Plan, project: Project): Promise<readonly OutputFile[]> {
  const inDir = (name: string) => (plan.dir === '.' ? name : `${plan.dir}/${name}`)
  const name = plan.file ?? 'Dockerfile'
  const main: GeneratedFile = { path: inDir(name), template: plan.template, view: plan.view }
  const files = await Promise.all([main, ...(plan.extras ?? [])].map(fill))
  // BuildKit reads <Dockerfile>.dockerignore first: a member's rules don't rule the whole repository.
  const isMain = plan.dir === '.' && plan.file === undefined
  const ignoreFile = isMain ? '.dockerignore' : inDir(`${name}.dockerignore`)
  return [...files, { path: ignoreFile, content: dockerignore(plan.ignore, project) }]
}

async function fill({ path, template, view }: GeneratedFile): Promise<OutputFile> {
  checkLeaves(view, template)
  return { path, content: (await compiled(template))(view) }
}

/** The template as a function of its view. */
export async function compiled(name: TemplateName): Promise<(view: unknown) => string> {
  const engine = Handlebars.create()
  engine.registerHelper(HELPERS)
  const own = PARTS[name.split('/')[0] ?? '']
  const parts = own && (await own()).default
  for (const [partial, template] of Object.entries({ ...PARTIALS, ...parts }))
    engine.registerPartial(partial, engine.template(template as TemplateSpecification))
  const load: () => Promise<{ default: unknown }> = TEMPLATES[name]
  return engine.template((await load()).default as TemplateSpecification)
}

/** Every text that reaches a template, wherever it came from, ends no line and hides nothing. */
function checkLeaves(value: unknown, name: string): void {
  if (typeof value === 'string') safe(value, name)
  else if (value !== null && typeof value === 'object')
    for (const [key, member] of Object.entries(value))
      checkLeaves(member, Array.isArray(value) ? name : `${name}.${key}`)
}
