/**
 * Makes Lezer's grammars cheap to load: their tables come as text that the package decodes number by number at
 * every start (about 15 ms), and each builds the tags of a syntax highlighter that nothing here colours.
 */
const GRAMMAR = /\/@lezer\/(go|javascript|python|rust)\/dist\/index\.js$/
const TABLE = /\b(states|stateData|goto|tokenData): ("(?:[^"\\]|\\.)*")/g

const NO_HIGHLIGHT = `
import { NodeProp } from '@lezer/common'
const prop = new NodeProp()
export const styleTags = () => prop.add(() => undefined)
const tag = new Proxy(() => tag, { get: () => tag })
export const tags = tag`

/** Base 64 is decoded by native code; the tables are little-endian. */
const DECODE = `
function decode(text, Type) {
  const bytes = Buffer.from(text, 'base64')
  if (new Uint8Array(new Uint16Array([1]).buffer)[0] !== 1) Type === Uint16Array ? bytes.swap16() : bytes.swap32()
  return new Type(new Uint8Array(bytes).buffer)
}`

export const grammars = () => ({
  name: 'create-dockerfile:grammars',
  resolveId: (id: string) => (id === '@lezer/highlight' ? '\0no-highlight' : undefined),
  load: (id: string) => (id === '\0no-highlight' ? NO_HIGHLIGHT : undefined),
  transform(source: string, id: string) {
    if (!GRAMMAR.test(id.replaceAll('\\', '/'))) return undefined
    const code = source.replace(TABLE, (_, name: string, literal: string) => {
      const wide = name === 'states'
      const numbers = numbersOf(JSON.parse(literal) as string)
      const bytes = Buffer.alloc(numbers.length * (wide ? 4 : 2))
      for (const [index, value] of numbers.entries())
        if (wide) bytes.writeUInt32LE(value, index * 4)
        else bytes.writeUInt16LE(value, index * 2)
      return `${name}: decode("${bytes.toString('base64')}", ${wide ? 'Uint32Array' : 'Uint16Array'})`
    })
    if (code === source) throw new Error(`${id}: no table was found; has the format changed?`)
    return { code: code + DECODE, map: null }
  },
})

/**
 * The numbers of a table: digits to the base of 46 from the space on, without `"` and `\`, the last digit of a number
 * 46 higher, and `~` for 65535. The first number is how many follow.
 * https://github.com/lezer-parser/lr/blob/main/src/decode.ts
 */
function numbersOf(text: string): readonly number[] {
  const numbers: number[] = []
  for (let at = 0, value = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    const digit = code - 32 - (code > 92 ? 1 : 0) - (code > 34 ? 1 : 0)
    const isLast = digit >= 46
    value = code === 126 ? 65535 : value * 46 + (isLast ? digit - 46 : digit)
    if (code !== 126 && !isLast) continue
    numbers.push(value)
    value = 0
  }
  return numbers.slice(1)
}
