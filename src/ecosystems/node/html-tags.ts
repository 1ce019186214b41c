/** A tag of a page with its attributes, as far as they stand in the text. */
export interface Tag {
  readonly name: string
  readonly attributes: ReadonlyMap<string, string>
}

/** Elements whose text isn't markup: https://html.spec.whatwg.org/multipage/syntax.html#elements-2 */
const RAW = /^(script|style|textarea|title)$/
const NAME = /[a-z][^\s/>]*/iy
const ATTRIBUTE = /[\s/]*([^\s=>/]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+)))?/y

/** The tags that open an element, in order; what is commented out isn't there. */
export function tagsOf(text: string): readonly Tag[] {
  const found: Tag[] = []
  let at = text.indexOf('<')
  while (at >= 0) {
    const comment = text.startsWith('<!--', at)
    const end = comment ? text.indexOf('-->', at) : tagAt(text, at + 1, found)
    if (end < 0) break
    const last = found.at(-1)?.name ?? ''
    const skipped = !comment && end > at + 1 && RAW.test(last) ? closing(text, end, last) : end
    at = text.indexOf('<', skipped)
  }
  return found
}

/** Where the text of an element that holds no markup ends. */
function closing(text: string, from: number, name: string): number {
  const end = text.toLowerCase().indexOf(`</${name}`, from)
  return end < 0 ? text.length : end + 1
}

/** Reads one tag into `found`. @returns where it ends */
function tagAt(text: string, from: number, found: Tag[]): number {
  NAME.lastIndex = from
  const name = NAME.exec(text)?.[0]
  if (name === undefined) return from
  const attributes = new Map<string, string>()
  let at = from + name.length
  for (;;) {
    ATTRIBUTE.lastIndex = at
    const match = ATTRIBUTE.exec(text)
    if (!match?.[1]) break
    attributes.set(match[1].toLowerCase(), match[2] ?? match[3] ?? match[4] ?? '')
    at = ATTRIBUTE.lastIndex
  }
  found.push({ name: name.toLowerCase(), attributes })
  const end = text.indexOf('>', at)
  return end < 0 ? text.length : end
}
