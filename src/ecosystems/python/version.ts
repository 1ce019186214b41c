import { satisfies } from '@renovatebot/pep440'
import { byConvention, type Fact, fact, fromFile } from '../../facts.ts'
import { type Cycle, cycleOf, cycles, isEndOfLife, MADE } from '../../knowledge/releases.ts'
import type { Wishes } from '../../options/options.ts'
import { type Note, note } from '../../plan/notes.ts'
import { type Project, parseObject } from '../../project/project.ts'
import type { Manifest } from './manifests/pyproject.ts'
import { table, textIn, texts } from './manifests/pyproject.ts'

/** What a project says of the Python that it wants. */
export interface Stated {
  readonly text: Fact<string>
  /** One line of Python, as opposed to a range. */
  readonly pin?: string | undefined
  /** Whether some release of a line is admitted. */
  admits(cycle: Cycle): boolean
}

/** Every statement of a project, the one that counts first: a pin before a range. */
export function statements(
  project: Project,
  manifest: Manifest | undefined,
  wishes: Wishes,
  outer: Project,
): Stated[] {
  const facts = [
    wishes.runtimeVersion,
    ...versionFiles(project),
    ...pipfile(project),
    manifest?.requiresPython,
    conda(project),
    // A version file at the top of the repository is meant for every folder of it.
    ...(outer === project ? [] : versionFiles(outer)),
  ]
  const all = facts.flatMap(found => (found ? (understand(found) ?? []) : []))
  const [wish, ...others] = all
  if (wish && wishes.runtimeVersion) return [wish, ...others]
  return [...all.filter(({ pin }) => pin), ...all.filter(({ pin }) => !pin)]
}

const versionFiles = (project: Project): (Fact<string> | undefined)[] => [
  firstLine(project, '.python-version'),
  toolVersions(project),
  mise(project),
  firstLine(project, 'runtime.txt'),
]

function firstLine(project: Project, path: string): Fact<string> | undefined {
  const lines = (project.text(path) ?? '').split('\n')
  const index = lines.findIndex(line => /^\s*(?:c?python-?)?\d/.test(line))
  const text = lines[index]?.trim().replace(/^c?python-?/, '')
  return text ? fact(text, fromFile(path, undefined, index + 1), text) : undefined
}

function toolVersions(project: Project): Fact<string> | undefined {
  const lines = (project.text('.tool-versions') ?? '').split('\n')
  const index = lines.findIndex(line => /^python\s+\d/.test(line))
  const text = /^python\s+(\S+)/.exec(lines[index] ?? '')?.[1]
  return text ? fact(text, fromFile('.tool-versions', 'python', index + 1), text) : undefined
}

function mise(project: Project): Fact<string> | undefined {
  for (const path of ['mise.toml', '.mise.toml', '.config/mise.toml']) {
    const value = table(parseObject(project, path)?.tools).python
    const text = textIn(value) ?? texts(value)[0] ?? textIn(table(value).version)
    if (text && /^\d/.test(text))
      return fact(text, fromFile(path, 'tools.python', project.line(path, 'tools', 'python')), text)
  }
  return undefined
}

function pipfile(project: Project): Fact<string>[] {
  const requires = table(parseObject(project, 'Pipfile')?.requires)
  return ['python_full_version', 'python_version'].flatMap(key => {
    const text = textIn(requires[key])
    return text
      ? [fact(text, fromFile('Pipfile', `requires.${key}`, project.line('Pipfile', 'requires', key)), text)]
      : []
  })
}

function conda(project: Project): Fact<string> | undefined {
  const path = ['environment.yml', 'environment.yaml'].find(file => project.has(file))
  const text =
    path && texts(parseObject(project, path)?.dependencies).find(item => /^python\s*[=<>]/.test(item))
  const version = text && /=+\s*(\d[\d.]*)/.exec(text)?.[1]
  return path && version ? fact(version, fromFile(path, 'dependencies'), version) : undefined
}

/** @returns undefined for a text that is no version and no range */
function understand(text: Fact<string>): Stated | undefined {
  const value = text.value.trim()
  const pin = /^={0,3}\s*v?(\d+\.\d+)(\.(\d\w*|\*))*$/.exec(value)?.[1]
  if (pin) return { text, pin, admits: ({ cycle }) => cycle === pin }
  const alternatives = value.split('||').map(toPep440)
  if (alternatives.some(range => range === undefined)) return undefined
  return {
    text,
    admits: ({ cycle, latest }) =>
      alternatives.some(range => patches(cycle, latest).some(version => satisfies(version, range ?? ''))),
  }
}

/** Poetry's carets, tildes and bare versions in the terms of https://peps.python.org/pep-0440/ */
function toPep440(range: string): string | undefined {
  const parts = range
    .split(/[,\s]+(?=[<>=!~^\d*])/)
    .map(part => part.replace(/\s+/g, ''))
    .filter(Boolean)
  const read = parts.map(part => {
    const [, sign = '', version = ''] = /^([\^~]?)(\d+(?:\.\d+)*)$/.exec(part) ?? []
    const [major = 0, minor = 0] = version.split('.').map(Number)
    if (part === '*') return '>=3'
    if (sign === '^') return `>=${version},<${major + 1}`
    if (sign === '~' || (version.includes('.') && !sign)) return `>=${version},<${major}.${minor + 1}`
    if (version) return `>=${version},<${major + 1}`
    return /^(~=|==|!=|<=?|>=?|===)\d+(\.\d+)*(\.\*)?$/.test(part) ? part : undefined
  })
  return read.includes(undefined) || read.length === 0 ? undefined : read.join(',')
}

/** Every release of a line: `>=3.11.4` admits 3.11 by its later ones. */
const patches = (cycle: string, latest: string): string[] =>
  Array.from({ length: Number(latest.split('.')[2] ?? 0) + 1 }, (_, patch) => `${cycle}.${patch}`)

/** The lines to choose from, best first: those that get fixes, then the others. */
export function linesFor(stated: readonly Stated[]): Cycle[] {
  // Python 2 has neither virtual environments nor a pip that fills them.
  const released = cycles('python').filter(
    ({ cycle, released }) => released <= MADE && !cycle.startsWith('2.'),
  )
  const [first] = stated
  const admitted = first ? released.filter(cycle => first.admits(cycle)) : released
  return [...admitted.filter(cycle => !isEndOfLife(cycle)), ...admitted.filter(isEndOfLife)]
}

/** The fact for a line that was chosen, and what there is to say about it. */
export function versionFact(
  line: string,
  stated: readonly Stated[],
  reason: string,
): { fact: Fact<string>; notes: Note[] } {
  const [first, ...others] = stated
  const notes: Note[] = []
  const cycle = cycleOf('python', line)
  const found = first
    ? fact(line, first.text.source, first.text.stated)
    : byConvention(line, `no file states a version of Python; ${reason}`)
  if (!first)
    notes.push(
      note('VERSION_ASSUMED', 'info', `Python ${line} was assumed: no file states a version; ${reason}`),
    )
  if (cycle && isEndOfLife(cycle))
    notes.push(
      note(
        'VERSION_END_OF_LIFE',
        'warning',
        `Python ${line} gets no more fixes since ${cycle.eol}; move the project to a newer one`,
        found.source,
      ),
    )
  const other = cycle && first?.pin ? others.find(statement => !statement.admits(cycle)) : undefined
  if (first && other)
    notes.push(
      note(
        'VERSIONS_DISAGREE',
        'warning',
        `${first.text.value} was taken, but another file says ${other.text.value}`,
        other.text.source,
      ),
    )
  return { fact: found, notes }
}
