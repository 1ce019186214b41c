import { DockerfileParser, type Instruction } from 'dockerfile-ast'

/** Words that no shell reads in another way. */
const PLAIN = /^[\w@%+=:,./^~!*[\]-]*$/
/** The same for COPY, which expands `$` and `*` and takes braces as they are. */
const PLAIN_PATH = /^[\w@%+=:,./^~!*[\]{}#-]*$/
const OPERATOR = /^(&&|\|\|?|;|&|then|do)$|;$/
const KEYWORDS = new Set([
  'FROM', 'ARG', 'ENV', 'RUN', 'COPY', 'WORKDIR', 'USER', 'EXPOSE', 'STOPSIGNAL', 'HEALTHCHECK', 'ENTRYPOINT', 'CMD',
  'VOLUME',
]) // biome-ignore format: one list

/** What a hostile value did to a Dockerfile, one line each; empty when it is inert. */
export function harm(dockerfile: string): string[] {
  const instructions = DockerfileParser.parse(dockerfile).getInstructions()
  const users = instructions.filter(one => one.getKeyword() === 'USER')
  return [
    ...(/[^\n\P{Cc}]|[\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/u.test(dockerfile)
      ? ['a control character']
      : []),
    ...(/^[1-9]\d*:[1-9]\d*$/.test(users.at(-1)?.getArgumentsContent() ?? '') ? [] : ['USER']),
    ...instructions
      .filter(one => !isInert(one, rawText(dockerfile, one)))
      .map(one => rawText(dockerfile, one).slice(0, 300)),
  ]
}

/** As it stands: the parser's own text has no backslashes. */
function rawText(dockerfile: string, instruction: Instruction): string {
  const { start, end } = instruction.getRange()
  const lines = dockerfile.split('\n').slice(start.line, end.line + 1)
  const last = lines.at(-1) ?? ''
  return [...lines.slice(0, -1), last.slice(0, end.character)].join('\n')
}

function isInert(instruction: Instruction, text: string): boolean {
  const rest = text.replace(/\\\n/g, ' ').replace(/^\s*\w+\s*/, '')
  switch (instruction.getKeyword()) {
    case 'FROM':
    case 'ARG':
    case 'USER':
    case 'EXPOSE':
    case 'STOPSIGNAL':
      return /^[\w@$"{}.:/ =-]*$/.test(rest) && !rest.includes('evil')
    case 'RUN':
      return mountsStayInside(rest) && isInertScript(rest.replace(/--mount=\S+/g, ''))
    case 'WORKDIR':
      return PLAIN.test(rest) || !rest.includes('evil')
    case 'COPY':
      return pathsStayInside(withoutOwnHeredoc(rest))
    case 'CMD':
    case 'ENTRYPOINT':
      return isExec(rest)
    case 'HEALTHCHECK':
      return isExec(rest.slice(rest.indexOf('CMD') + 3))
    default:
      return KEYWORDS.has(instruction.getKeyword()) && isInertScript(rest)
  }
}

/** A shell finds no command and no heredoc of the payload outside of single quotes. */
function isInertScript(script: string): boolean {
  const words = script
    .replace(/'[^']*'|\\./g, 'quoted')
    .split(/\s+/)
    .filter(Boolean)
  return words.every((word, index) => {
    if (/^\d*<</.test(word)) return false
    if (!word.includes('evil')) return true
    return PLAIN.test(word) && index > 0 && !OPERATOR.test(words[index - 1] ?? '')
  })
}

/** A file that the template itself holds: quoted, so that nothing in it is expanded, and with nothing of the payload. */
const withoutOwnHeredoc = (rest: string): string =>
  /^<<'EOF' \S+\n[\s\S]*\nEOF$/.test(rest) && !rest.includes('evil')
    ? rest.replace(/^<<'EOF' (\S+)\n[\s\S]*$/, 'heredoc $1')
    : rest

const upwards = (path: string): boolean => path.split(/[/\\]/).includes('..')

function mountsStayInside(rest: string): boolean {
  return [...rest.matchAll(/--mount=(\S+)/g)].every(([, mount = '']) => {
    const options = new Map(mount.split(',').map(option => option.split('=', 2) as [string, string]))
    const source = options.get('source') ?? ''
    const isContext = options.get('type') === 'bind' && !options.has('from')
    return !upwards(source) && !(isContext && source.startsWith('/')) && options.get('target') !== '/etc/evil'
  })
}

function pathsStayInside(rest: string): boolean {
  const paths = rest.replace(/--\S+\s+/g, '').trim()
  const words: unknown = paths.startsWith('[') ? JSON.parse(paths) : paths.split(/\s+/)
  if (!Array.isArray(words)) return false
  const own = /--from=/.test(rest) ? [] : words.slice(0, -1)
  return (
    words.every(word => typeof word === 'string' && !upwards(word) && !/^\d*<</.test(word)) &&
    own.every(word => !String(word).startsWith('/')) &&
    (paths.startsWith('[') ||
      words.every(word => !String(word).includes('evil') || PLAIN_PATH.test(String(word))))
  )
}

function isExec(json: string): boolean {
  try {
    const words: unknown = JSON.parse(json)
    return Array.isArray(words) && words.length > 0 && words.every(word => typeof word === 'string')
  } catch {
    return false
  }
}
