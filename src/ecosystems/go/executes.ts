import { type Fact, fact, fromFile } from '../../facts.ts'
import { isOf } from './frameworks.ts'
import type { SourceIndex } from './index-source.ts'
import { unquote } from './source.ts'

/** Debian packages of programs that servers run. A shell is in every slim image. */
const PACKAGES: Readonly<Record<string, string>> = {
  sh: '',
  bash: '',
  git: 'git',
  ffmpeg: 'ffmpeg',
  ffprobe: 'ffmpeg',
  convert: 'imagemagick',
  magick: 'imagemagick',
  pdftotext: 'poppler-utils',
  pdftoppm: 'poppler-utils',
  tesseract: 'tesseract-ocr',
  pandoc: 'pandoc',
  pg_dump: 'postgresql-client',
  psql: 'postgresql-client',
  mysqldump: 'default-mysql-client',
  ssh: 'openssh-client',
  rsync: 'rsync',
  'chromium-browser': 'chromium',
  chromium: 'chromium',
}

/** Programs that the source runs by name, as the packages that hold them; empty for a shell. */
export function programsRun(
  index: SourceIndex,
  imports: ReadonlyMap<string, string>,
): readonly Fact<string>[] {
  const found = new Map<string, Fact<string>>()
  for (const { unit, on, name, args } of index.calls) {
    if (on !== 'os/exec' || !/^Command(Context)?$/.test(name)) continue
    const node = args[name === 'Command' ? 0 : 1]
    if (node?.name !== 'String') continue
    const program = unquote(unit.text.slice(node.from, node.to))
    const known = Object.hasOwn(PACKAGES, program) ? PACKAGES[program] : undefined
    if (known !== undefined) found.set(known, fact(known, fromFile(unit.path, `runs ${program}`)))
  }
  for (const [path, file] of imports)
    if (isOf(path, 'github.com/chromedp/chromedp') || isOf(path, 'github.com/go-rod/rod'))
      found.set('chromium', fact('chromium', fromFile(file, `imports ${path}`)))
  return [...found.values()]
}
