/** What holds in the image, for both architectures that people build for. https://doc.rust-lang.org/reference/conditional-compilation.html */
const HOLDS = new Set(['unix', 'target_os="linux"', 'target_family="unix"', 'target_env="gnu"', 'target_pointer_width="64"', 'target_endian="little"', 'target_arch="x86_64"', 'target_arch="aarch64"', 'target_vendor="unknown"', 'panic="unwind"', 'not_miri']) // biome-ignore format: one list
const TRIPLE = /^(x86_64|aarch64)-unknown-linux-gnu$/

/** Whether a `[target.<this>]` table of a manifest applies to a Linux container. */
export function appliesToLinux(target: string): boolean {
  const inner = /^cfg\((.*)\)$/s.exec(target.trim())?.[1]
  if (inner === undefined) return TRIPLE.test(target)
  const tokens = inner.match(/[A-Za-z_]\w*|"[^"]*"|[(),=]/g) ?? []
  return new Predicate(tokens).value()
}

class Predicate {
  #at = 0
  constructor(readonly tokens: readonly string[]) {}

  value(): boolean {
    const name = this.tokens[this.#at++] ?? ''
    const next = this.tokens[this.#at]
    if (next === '=') {
      const text = this.tokens[this.#at + 1] ?? ''
      this.#at += 2
      return HOLDS.has(`${name}=${text}`)
    }
    if (next !== '(') return HOLDS.has(name)
    const members = this.#members()
    if (name === 'not') return !members[0]
    return name === 'any' ? members.some(Boolean) : members.every(Boolean)
  }

  #members(): boolean[] {
    this.#at++
    const found: boolean[] = []
    while (this.#at < this.tokens.length && this.tokens[this.#at] !== ')') {
      if (this.tokens[this.#at] === ',') this.#at++
      else found.push(this.value())
    }
    this.#at++
    return found
  }
}
