/**
 * Makes src/knowledge/releases.json from a collected table of releases and image tags.
 *
 *   tsx scripts/update-base-images.ts <base-images.json>
 *
 * The input has the shape of endoflife.date's cycles under `eol`, the distroless images under `distroless.images`,
 * and the date on which both were read as `generated`. No network: the same input gives the same output.
 */
import { readFileSync, writeFileSync } from 'node:fs'

interface Cycle {
  cycle: string
  released: string
  lts: string | boolean
  eol: string | boolean
  latest_seen: string
  'status_on_2026-11-21': string
}
interface Input {
  generated: string
  eol: Record<string, Cycle[]>
  distroless: { images: Record<string, unknown> }
}

const RUNTIMES = { node: 'nodejs', python: 'python', go: 'go', rust: 'rust' } as const
/** Debian releases by date, newest first: https://www.debian.org/releases/ */
const DEBIAN = [
  ['trixie', '2025-08-12'],
  ['bookworm', '2023-06-14'],
  ['bullseye', '2021-08-17'],
  ['buster', '2019-07-08'],
] as const

/** Lines that ended before the input begins: https://nodejs.org/en/about/previous-releases, https://peps.python.org/pep-0373/ */
const OLDER: Readonly<
  Record<
    string,
    readonly (readonly [
      cycle: string,
      released: string,
      lts: string | undefined,
      eol: string,
      latest: string,
    ])[]
  >
> = {
  node: [
    ['16', '2021-04-20', '2021-10-26', '2023-09-11', '16.20.2'],
    ['14', '2020-04-21', '2020-10-27', '2023-04-30', '14.21.3'],
    ['12', '2019-04-23', '2019-10-21', '2022-04-30', '12.22.12'],
    ['10', '2018-04-24', '2018-10-30', '2021-04-30', '10.24.1'],
  ],
  python: [['2.7', '2010-07-03', undefined, '2020-01-01', '2.7.18']],
}

const [input] = process.argv.slice(2)
if (!input) throw new Error('usage: tsx scripts/update-base-images.ts <base-images.json>')
const data = JSON.parse(readFileSync(input, 'utf8')) as Input

const ended = (eol: string | boolean) => (typeof eol === 'string' && /^\d{4}-/.test(eol) ? eol : undefined)
/** Official images are built on the newest Debian of the time until their release ends. */
const suite = (eol: string | undefined) => (DEBIAN.find(([, date]) => !eol || eol >= date) ?? DEBIAN[3])[0]

const releases = Object.fromEntries(
  Object.entries(RUNTIMES).map(([id, source]) => [
    id,
    (data.eol[source] ?? [])
      .map(cycle => ({
        cycle: cycle.cycle,
        released: cycle.released,
        ...(typeof cycle.lts === 'string' && { lts: cycle.lts }),
        ...(ended(cycle.eol) && { eol: ended(cycle.eol) }),
        latest: cycle.latest_seen,
        suite: suite(ended(cycle.eol)),
      }))
      .concat(
        (OLDER[id] ?? []).map(([cycle, released, lts, eol, latest]) => ({
          cycle,
          released,
          ...(lts && { lts }),
          eol,
          latest,
          suite: suite(eol),
        })),
      ),
  ]),
)
/** `nodejs22|24|26-debian13` stands for three images. */
const expand = (name: string) => {
  const [, stem, versions, tail] = /^([a-z-]*?)(\d+(?:\|(?:[a-z]*)\d+)+)(-.*)$/.exec(name) ?? []
  return stem && versions
    ? versions.split('|').map(version => `${stem}${version.replace(/\D/g, '')}${tail}`)
    : [name]
}
const distroless = Object.keys(data.distroless.images)
  .filter(name => name.endsWith('-debian13'))
  .flatMap(expand)
  .sort()
writeFileSync(
  new URL('../src/knowledge/releases.json', import.meta.url),
  `${JSON.stringify({ made: data.generated, ...releases, distroless }, null, 2)}\n`,
)
