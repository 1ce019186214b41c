/** Reading parsed TOML whose shape nobody vouches for. */
export type Table = Readonly<Record<string, unknown>>

export const table = (value: unknown): Table =>
  value !== null && typeof value === 'object' && !Array.isArray(value) ? (value as Table) : {}

export const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)

export const strings = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter(item => typeof item === 'string') : []

export const tables = (value: unknown): readonly Table[] => (Array.isArray(value) ? value.map(table) : [])

/** `a/b` and `../c` → `a/c`; a path that leads out of the root keeps its leading `..`. */
export function join(dir: string, path: string): string {
  const parts: string[] = []
  for (const part of [...dir.split('/'), ...path.replaceAll('\\', '/').split('/')])
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop()
    else if (part !== '' && part !== '.') parts.push(part)
  return parts.join('/') || '.'
}
