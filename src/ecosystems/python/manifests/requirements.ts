import { NOT_FOR_LINUX } from '../../../knowledge/python-compatibility.ts'
import type { Project } from '../../../project/project.ts'
import { posix } from '../code/posix.ts'
import { parseRequirement, type Requirement } from './requirement.ts'

/** A requirements file with all that it includes: https://pip.pypa.io/en/stable/reference/requirements-file-format/ */
export interface RequirementsFile {
  readonly path: string
  /** Every file of the chain, itself first: the install needs them all. */
  readonly chain: readonly string[]
  readonly requirements: readonly Requirement[]
  /** One hash anywhere makes pip ask for one everywhere. */
  readonly hashed: boolean
  /** `.` or `-e .`, and other folders of the repository. */
  readonly local: readonly string[]
  /** Lines that no Linux can install, by how they are mended: `sed` expressions. */
  readonly mends: readonly string[]
  /** An index of its own is named: the install may need credentials. */
  readonly index?: string
}

export function readRequirements(project: Project, path: string): RequirementsFile {
  const state = {
    chain: [] as string[],
    requirements: [] as Requirement[],
    local: [] as string[],
    hashed: false,
    mends: [] as string[],
    index: undefined as string | undefined,
  }
  read(project, path, state, true)
  return {
    path,
    chain: state.chain,
    requirements: state.requirements,
    local: state.local,
    hashed: state.hashed,
    mends: [...new Set(state.mends)],
    ...(state.index && { index: state.index }),
  }
}

interface State {
  chain: string[]
  requirements: Requirement[]
  local: string[]
  hashed: boolean
  mends: string[]
  index: string | undefined
}

function read(project: Project, path: string, state: State, wanted: boolean): void {
  const text = project.text(path)
  if (text === undefined || state.chain.includes(path)) return
  state.chain.push(path)
  for (const line of logicalLines(text)) {
    const option = /^(-r|--requirement|-c|--constraint)(?:\s+|=|(?=\S))(\S+)/.exec(line)
    if (option) {
      const included = posix.normalize(posix.join(posix.dirname(path), option[2] ?? ''))
      read(project, included, state, wanted && option[1] !== '-c' && option[1] !== '--constraint')
    } else if (wanted) readLine(line, path, state)
  }
}

function readLine(line: string, path: string, state: State): void {
  const index = /^(?:-i|--index-url|--extra-index-url)(?:\s+|=)(\S+)/.exec(line)?.[1]
  if (index && !index.startsWith('https://pypi.org/')) state.index = index
  if (/\s--hash=/.test(line)) state.hashed = true
  const editable = /^(?:-e|--editable)(?:\s+|=)(\S+)/.exec(line)?.[1]
  const target = editable ?? line.split(/\s/, 1)[0] ?? ''
  if (/^\.{1,2}(\/|$|\[)/.test(target) || (editable && !/^[\w+]+:/.test(target))) {
    state.local.push(posix.normalize(posix.join(posix.dirname(path), target.replace(/\[.*\]$/, ''))))
    return
  }
  if (/^(git\+|https?:)/.test(target)) {
    const name =
      /[#&]egg=([\w.-]+)/.exec(target)?.[1] ?? posix.basename(target.replace(/(\.git)?(@.*)?$/, ''))
    const parsed = parseRequirement(name)
    if (parsed) state.requirements.push({ ...parsed, url: target })
    return
  }
  if (line.startsWith('-')) return
  const requirement = parseRequirement(line.replace(/\s--\w.*$/, ''))
  if (requirement && NOT_FOR_LINUX.has(requirement.name)) {
    const written = line.split(/[^\w.-]/, 1)[0] ?? ''
    state.mends.push(`/^${written.replaceAll('.', '\\.')}([^A-Za-z0-9._-]|$)/d`)
  } else if (requirement?.url?.startsWith('file:')) {
    // What conda exports: the place of a build on another machine.
    state.mends.push('s/ *@ *file:.*//')
    state.requirements.push({ ...requirement, url: undefined })
  } else if (requirement) state.requirements.push(requirement)
}

/** Lines without comments, with continued lines joined. */
const logicalLines = (text: string): string[] =>
  text
    .replace(/\\\n/g, ' ')
    .split('\n')
    .map(line => line.replace(/(^|\s)#.*$/, '').trim())
    .filter(Boolean)

/** Files that name what development needs, or a part of the whole. */
const NOT_THE_APP =
  /(^|[-_./])(dev|devel|develop|development|test|tests|testing|doc|docs|lint|linting|ci|build|local|typing|mypy|style|optional|constraints?|extra|extras|bench|benchmarks?|gpu|cuda|notebooks?|minimal)([-_./]|$)/i
const PREFERRED = [
  'requirements.txt',
  'requirements/production.txt',
  'requirements/prod.txt',
  'requirements/requirements.txt',
  'requirements/base.txt',
  'requirements/main.txt',
  'requirements/common.txt',
  'requirements/default.txt',
  'requirements/app.txt',
  'requirements/docker.txt',
  'requirements-prod.txt',
  'requirements_prod.txt',
  'requirements.prod.txt',
  'requirements-production.txt',
  'requirements.lock',
  'requirements-base.txt',
]

/** The file that the app itself is installed from; undefined when only tests, documentation and the like have one. */
export function mainRequirements(project: Project): string | undefined {
  const preferred = PREFERRED.find(path => project.has(path))
  if (preferred) return production(project, preferred) ?? preferred
  return project
    .find('requirements*.txt', '*requirements.txt', 'requirements/*.txt', 'requirements.in')
    .find(path => !NOT_THE_APP.test(path.replace(/^requirements\//, '')))
}

/** requirements.txt that includes the set for development has a sister for production. */
function production(project: Project, path: string): string | undefined {
  const included = readRequirements(project, path).chain.slice(1)
  return included.some(file => /(^|[-_./])(dev|local|development)\.txt$/.test(file))
    ? PREFERRED.slice(1).find(other => project.has(other))
    : undefined
}
