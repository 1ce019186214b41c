import { execa } from 'execa'
import { docker, lastLines, mustDocker, type Outcome } from './docker.ts'

export interface BuildRequest {
  readonly context: string
  /** Path of the Dockerfile on disk. */
  readonly dockerfile: string
  readonly tag: string
}

/** One instruction of a build as `--progress=plain` tells of it. */
export interface Step {
  readonly text: string
  readonly cached: boolean
}

export interface Built extends Outcome {
  readonly steps: readonly Step[]
  readonly seconds: number
}

/** Builds an image. A build that fails is an outcome; its log is in `err`. */
export async function buildImage({ context, dockerfile, tag }: BuildRequest): Promise<Built> {
  const started = performance.now()
  const outcome = await docker(['build', '--progress=plain', '-t', tag, '-f', dockerfile, context], 1800)
  return { ...outcome, steps: stepsOf(outcome.err), seconds: (performance.now() - started) / 1000 }
}

/** `#9 [build 3/5] RUN …` names a step, `#9 CACHED` says that its layer was there. */
export function stepsOf(log: string): readonly Step[] {
  const lines = log.split('\n')
  const cached = new Set(lines.flatMap(line => /^(#\d+) CACHED$/.exec(line)?.[1] ?? []))
  const named = new Map(
    lines.flatMap(line => {
      const [, id, text] = /^(#\d+) \[[^\]]*\d+\/\d+\] (.*)$/.exec(line) ?? []
      return id && text ? [[id, text] as const] : []
    }),
  )
  return [...named].map(([id, text]) => ({ text, cached: cached.has(id) }))
}

/** The findings of `docker build --check`; undefined when there are none. */
export async function checkImage({
  context,
  dockerfile,
}: Omit<BuildRequest, 'tag'>): Promise<string | undefined> {
  const { code, out, err } = await docker(['build', '--check', '-f', dockerfile, context], 120)
  return code === 0 ? undefined : lastLines(`${err}\n${out}`, 30)
}

/** What an image says of itself. */
export interface ImageFacts {
  readonly bytes: number
  readonly user: string
  readonly ports: readonly number[]
  readonly hasHealthcheck: boolean
  /** Digests of the layers, lowest first. */
  readonly layers: readonly string[]
}

interface Inspected {
  readonly Size: number
  readonly Config: {
    User?: string
    ExposedPorts?: Record<string, unknown>
    Healthcheck?: { Test?: string[] }
  }
  readonly RootFS: { Layers: string[] }
}

export async function imageFacts(tag: string): Promise<ImageFacts> {
  const [found] = JSON.parse(await mustDocker(['image', 'inspect', tag])) as Inspected[]
  if (!found) throw new Error(`no image ${tag}`)
  return {
    bytes: found.Size,
    user: found.Config.User ?? '',
    ports: Object.keys(found.Config.ExposedPorts ?? {}).map(port => Number.parseInt(port, 10)),
    hasHealthcheck: (found.Config.Healthcheck?.Test?.[0] ?? 'NONE') !== 'NONE',
    layers: found.RootFS.Layers,
  }
}

/** The paths of all files of an image, and whether any file's content holds `text`. */
export async function searchImage(
  tag: string,
  text: string,
): Promise<{ files: readonly string[]; found: boolean }> {
  const id = (await mustDocker(['create', tag, 'true'])).trim()
  try {
    const list = await execa('docker', ['export', id], { buffer: false }).pipe('tar', ['-t'], {
      maxBuffer: 2 ** 28,
    })
    const grep = await execa('docker', ['export', id], { buffer: false, reject: false }).pipe(
      'grep',
      ['-c', '-a', '-F', text],
      { reject: false },
    )
    return { files: list.stdout.split('\n'), found: grep.stdout.trim() !== '0' }
  } finally {
    await docker(['rm', '-f', id])
  }
}
