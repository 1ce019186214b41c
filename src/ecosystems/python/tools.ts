import type { PythonFacts } from './facts.ts'
import { compareLines } from './wheels.ts'

/**
 * Releases of what the image brings along, by the oldest Python line that they run on, newest first.
 * Sources: the history of each on PyPI, the releases' own requires-python.
 */
const RELEASES = {
  poetry: [['3.10', '2.5.1'], ['3.9', '2.1.4'], ['3.8', '1.8.5']],
  pdm: [['3.10', '2.29.3'], ['3.9', '2.26.2'], ['3.8', '2.20.1']],
  pipenv: [['3.10', '2026.10.3'], ['3.9', '2025.0.4'], ['3.8', '2024.4.1'], ['3.7', '2023.10.3']],
  gunicorn: [['3.10', '27.0.1'], ['3.7', '23.0.0'], ['3.5', '20.1.0']],
  uvicorn: [['3.10', '0.54.0'], ['3.8', '0.33.0'], ['3.7', '0.22.0'], ['3.6', '0.16.0']],
  hypercorn: [['3.10', '0.18.0'], ['3.8', '0.17.3'], ['3.7', '0.14.4']],
  daphne: [['3.9', '4.2.1'], ['3.8', '4.1.2'], ['3.6', '3.0.2']],
  granian: [['3.10', '2.7.4'], ['3.8', '1.6.4']],
} as const satisfies Record<string, readonly (readonly [python: string, release: string])[]> // biome-ignore format: a line a tool

export type Tool = keyof typeof RELEASES

export const isTool = (name: string): name is Tool => Object.hasOwn(RELEASES, name)

/**
 * The release of a tool for the image's Python.
 * @param wanted a release that the project itself names; taken where the line is new enough for today's
 */
export function toolFor(tool: Tool, { runtimeVersion }: PythonFacts, wanted?: string): string {
  const line = runtimeVersion?.value ?? '3.13'
  const index = RELEASES[tool].findIndex(([oldest]) => compareLines(line, oldest) >= 0)
  const found = (RELEASES[tool][index] ?? RELEASES[tool].at(-1))?.[1] ?? ''
  // An older line has an older release: what wrote the lock may need a newer Python than the project.
  return wanted && (index === 0 || compareLines(wanted, found) <= 0) ? wanted : found
}
