import type { Project } from '../../project/project.ts'
import type { CargoPackage } from './manifest.ts'
import { join } from './toml.ts'

/** Where the address, the port and the signals are dealt with, by what people call such files. */
const TELLING =
  /(^|\/)(server|http|net|web|cli|config|settings|startup)\/[^/]+\.rs$|(^|\/)(main|lib|server|serve|app|startup|run|config|configuration|settings?|conf|opts?|options|args?|cli|routes?|router|http|web|api|shutdown|signals?|listen(er)?|net|daemon|start|health|env|state|mod)\.rs$/ // biome-ignore format: one list
const TESTS = /(^|\/)(tests?|benches|examples|fixtures|testdata)(\/|\.rs$)|_tests?\.rs$/
const MAX_FILES = 60
const MAX_CHARACTERS = 250_000
/** Words without which a file says nothing about how the program is run: it isn't even parsed. */
const WORTH =
  /bind|listen|signal|SIG(TERM|INT)|port\b|addr|env::|Arg\b|Subcommand|HttpServer|include_|query|Dir\b|Files?\b|Path::new|read_to_string|templates|serve/i

/** The Rust files of one build that are worth reading, the program's own first; bounded in number and size. */
export function sourceFiles(
  project: Project,
  entry: string,
  packages: readonly CargoPackage[],
): readonly string[] {
  const files = packages.flatMap(({ dir, bins, buildScript }) => {
    const others = new Set(bins.map(({ path }) => path).filter(path => path !== entry))
    const prefix = `${join(dir, 'src')}/`
    return project.files
      .filter(
        file => file.startsWith(prefix) && file.endsWith('.rs') && !TESTS.test(file.slice(prefix.length)),
      )
      .filter(file => !others.has(file) && file !== buildScript && !foreignBin(file, prefix, entry))
      .sort((a, b) => rank(a) - rank(b))
  })
  const ordered = [...new Set([entry, ...files.filter(file => TELLING.test(file)), ...files])]
  let room = MAX_CHARACTERS
  return ordered.slice(0, MAX_FILES).filter(file => {
    const source = project.text(file) ?? ''
    if (file === entry) return true
    if (source.length > room || !WORTH.test(source)) return false
    room -= source.length
    return true
  })
}

/** `src/bin/other.rs` and its folder belong to another program of the package. */
const foreignBin = (file: string, prefix: string, entry: string): boolean =>
  file.startsWith(`${prefix}bin/`) && !file.startsWith(entry.slice(0, entry.lastIndexOf('/') + 1))

const rank = (file: string): number => file.split('/').length * 2 + (TELLING.test(file) ? 0 : 1)
