import { fact, fromFile } from '../../../facts.ts'
import type { Project } from '../../../project/project.ts'
import { calleeOf, type Expr, textOf } from '../code/expressions.ts'
import { readModule } from '../code/reader.ts'
import type { Manifest } from './pyproject.ts'
import { parseRequirement, type Requirement } from './requirement.ts'

/** setup.py and setup.cfg, as far as they can be read without being run. */
export function readSetup(project: Project): Manifest | undefined {
  if (!project.has('setup.py') && !project.has('setup.cfg')) return undefined
  const config = readConfig(project.text('setup.cfg') ?? '')
  const called = readSetupCall(project)
  if (!called && !config.has('metadata') && !config.has('options')) return undefined
  const path = called ? 'setup.py' : 'setup.cfg'
  const options = config.get('options')
  const range = called?.text('python_requires') ?? options?.get('python_requires')
  return {
    path,
    name: called?.text('name') ?? config.get('metadata')?.get('name'),
    requiresPython: range ? fact(range, fromFile(path, 'python_requires'), range) : undefined,
    dependencies: [
      ...(called?.list('install_requires') ?? []),
      ...requirementLines(options?.get('install_requires')),
    ],
    extras: new Map(
      [...(config.get('options.extras_require') ?? new Map<string, string>())].map(([name, lines]) => [
        name,
        requirementLines(lines),
      ]),
    ),
    groups: new Map(),
    scripts: scripts([
      ...(called?.scripts() ?? []),
      ...(config.get('options.entry_points')?.get('console_scripts') ?? '').split('\n'),
    ]),
    installable: true,
    dynamic: called ? ['version', 'dependencies'] : [],
    buildRequires: [],
    buildFiles: READ_BY_BUILDS.filter(file => project.has(file)),
  }
}

const READ_BY_BUILDS = [
  'README.md',
  'README.rst',
  'README.txt',
  'README',
  'LICENSE',
  'VERSION',
  'MANIFEST.in',
]

const requirementLines = (lines: string | undefined): Requirement[] =>
  (lines ?? '').split('\n').flatMap(line => parseRequirement(line.trim()) ?? [])

const scripts = (lines: readonly string[]): Map<string, string> =>
  new Map(
    lines.flatMap((line): [string, string][] => {
      const [, name, target] = /^\s*([\w.-]+)\s*=\s*([\w.]+:[\w.]+)/.exec(line) ?? []
      return name && target ? [[name, target]] : []
    }),
  )

function readSetupCall(project: Project) {
  const text = project.text('setup.py')
  if (text === undefined) return undefined
  const module = readModule('setup.py', text)
  const call = module.calls.find(found => /(^|\.)setup$/.test(calleeOf(found)))
  if (!call) return undefined
  const value = (expr: Expr | undefined): Expr | undefined =>
    expr?.is === 'name' ? module.assigns.find(({ name }) => name === expr.path)?.value : expr
  const items = (expr: Expr | undefined): Expr[] => {
    const found = value(expr)
    return found?.is === 'list' ? [...found.items] : []
  }
  return {
    text: (name: string) => textOf(value(call.named.get(name))),
    list: (name: string): Requirement[] =>
      items(call.named.get(name)).flatMap(item => parseRequirement(textOf(item) ?? '') ?? []),
    scripts(): string[] {
      const points = value(call.named.get('entry_points'))
      if (points?.is !== 'dict') return []
      return points.entries
        .filter(([key]) => textOf(key) === 'console_scripts')
        .flatMap(([, list]) => items(list).flatMap(item => textOf(item) ?? []))
    },
  }
}

/** The INI dialect of setup.cfg: sections, keys, values that go on in indented lines. */
function readConfig(text: string): Map<string, Map<string, string>> {
  const sections = new Map<string, Map<string, string>>()
  let section = new Map<string, string>()
  let key = ''
  for (const line of text.split('\n')) {
    const header = /^\[([^\]]+)\]/.exec(line)?.[1]
    const entry = /^([\w.-]+)\s*[=:]\s*(.*)$/.exec(line)
    if (header) {
      section = new Map()
      sections.set(header, section)
    } else if (entry?.[1]) {
      key = entry[1]
      section.set(key, entry[2] ?? '')
    } else if (/^\s+\S/.test(line)) section.set(key, `${section.get(key) ?? ''}\n${line.trim()}`)
  }
  return sections
}
