import type { BaseImage } from '../../../plan/plan.ts'
import type { PythonFacts } from '../facts.ts'

/** https://github.com/GoogleContainerTools/distroless/tree/main/python3 */
const DISTROLESS = 'gcr.io/distroless/python3-debian13:nonroot'

/** The image that builds, and that runs unless it is distroless. */
export const baseRef = ({ runtimeFamily, suite }: PythonFacts, version: string): string =>
  runtimeFamily.value === 'alpine' ? `python:${version}-alpine` : `python:${version}-slim-${suite}`

export function imageOf(facts: PythonFacts): BaseImage {
  const family = facts.runtimeFamily.value
  if (family === 'distroless') return { ref: DISTROLESS, libc: 'glibc', family }
  const ref = baseRef(facts, '${PYTHON_VERSION}')
  return family === 'alpine' ? { ref, libc: 'musl', family } : { ref, libc: 'glibc', family: 'debian' }
}

/** References without the Dockerfile's own variables. */
export function resolvedImages(facts: PythonFacts): { build: string; runtime: string } {
  const build = baseRef(facts, facts.runtimeVersion?.value ?? '')
  return { build, runtime: facts.runtimeFamily.value === 'distroless' ? DISTROLESS : build }
}
