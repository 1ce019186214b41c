/** Operating systems and processors that a file's name may end in: https://pkg.go.dev/go/build#hdr-Build_Constraints */
const SYSTEMS = words(
  'aix android darwin dragonfly freebsd hurd illumos ios js linux nacl netbsd openbsd plan9 solaris wasip1 windows zos',
)
const PROCESSORS = words(
  '386 amd64 arm arm64 loong64 mips mips64 mips64le mipsle ppc64 ppc64le riscv64 s390x sparc64 wasm',
)
/** What every image of ours is built for; either processor will do. */
const TRUE = words('linux unix gc amd64 arm64')

/** The tags of a build: what the target, the compiler and `-tags` make true. */
export interface Tags {
  readonly cgo: boolean
  readonly own: readonly string[]
}

/** Whether a file is part of a build for Linux, by its name and its `//go:build` line. */
export function builds(file: string, constraint: string | undefined, tags: Tags): boolean {
  return suits(file) && (constraint === undefined || evaluate(constraint, tag => holds(tag, tags)))
}

function suits(file: string): boolean {
  const name = file.slice(file.lastIndexOf('/') + 1, -'.go'.length)
  const parts = name.split('_').slice(1)
  const last = parts.at(-1) ?? ''
  const system = PROCESSORS.has(last) && SYSTEMS.has(parts.at(-2) ?? '') ? (parts.at(-2) ?? '') : last
  if (SYSTEMS.has(system) && system !== 'linux') return false
  return !PROCESSORS.has(last) || TRUE.has(last)
}

function holds(tag: string, { cgo, own }: Tags): boolean {
  return TRUE.has(tag) || (tag === 'cgo' && cgo) || /^go1\.\d+$/.test(tag) || own.includes(tag)
}

/** `a && (b || !c)`; an expression that can't be read holds, as the compiler is the one to complain. */
export function evaluate(expression: string, holds: (tag: string) => boolean): boolean {
  const tokens = expression.match(/&&|\|\||[!()]|[^\s!()&|]+/g) ?? []
  let at = 0
  const or = (): boolean => {
    let value = and()
    while (tokens[at] === '||') {
      at++
      value = and() || value
    }
    return value
  }
  const and = (): boolean => {
    let value = not()
    while (tokens[at] === '&&') {
      at++
      value = not() && value
    }
    return value
  }
  const not = (): boolean => {
    const token = tokens[at++]
    if (token === '!') return !not()
    if (token !== '(') return token === undefined || holds(token)
    const value = or()
    at++
    return value
  }
  return or()
}

function words(list: string): ReadonlySet<string> {
  return new Set(list.split(' '))
}
