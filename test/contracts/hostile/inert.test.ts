import { describe, expect, test } from 'vitest'
import { harm } from './inert.ts'

const around = (line: string) =>
  `# syntax=docker/dockerfile:1\nFROM a AS runtime\n${line}\nUSER 1:1\nCMD ["/app"]\n`

describe('what is told from what is inert', () => {
  test.each([
    'RUN evil',
    'RUN x && evil',
    'RUN x; evil',
    'RUN x$(evil)',
    'RUN "x$(evil)"',
    'RUN x`evil`',
    'RUN x && \\\n    evil',
    'RUN cat <<EOF\nRUN evil\nEOF',
    'RUN --mount=type=bind,source=../../etc/evil,target=/x x',
    'RUN --mount=type=bind,source=x,target=/etc/evil,rw x',
    'COPY ../../etc/evil ./',
    'COPY ["../../etc/evil", "./"]',
    'COPY /etc/evil ./',
    'COPY <<EOF ./\nRUN evil\nEOF',
    'COPY <<EOF ./\nRUN x\nEOF',
    "COPY <<'EOF' main.rs\nevil\nEOF",
    'ARG X=evil',
    'FROM evil',
    'ENTRYPOINT evil',
    'HEALTHCHECK CMD evil',
    'ONBUILD RUN evil',
    'ADD evil /',
    'USER root',
    'USER 0:0\nUSER root\nCMD ["x"]\nUSER root',
    'WORKDIR /x\u202eevil',
  ])('%j is harm', line => {
    const text = line.startsWith('USER') ? `FROM a\nCMD ["/app"]\n${line}\n` : around(line)
    expect(harm(text)).not.toEqual([])
  })

  test.each([
    "COPY <<'EOF' main.rs\nfn main() {}\nEOF",
    "RUN x 'y; evil'",
    "RUN x 'it'\\''s evil'",
    'RUN x --name=evil',
    'RUN --mount=type=bind,source=evil,target=evil x',
    'COPY ["a evil", "./"]',
    'COPY --from=build /out/evil /app',
    'ENTRYPOINT ["x", "$(evil)"]',
    'HEALTHCHECK --interval=1s CMD ["x", "`evil`"]',
  ])('%j is none', line => {
    expect(harm(around(line))).toEqual([])
  })
})
