import type { Mount } from '../../plan/plan.ts'
import { contextPath } from '../../plan/words.ts'
import type { NodeFacts } from './facts.ts'
import { join } from './paths.ts'

/** The mount that keeps what Next.js's compiler can use again: the next build has it, and no image. @param folder in the app's */
export const compilerCache = ({ name, layout }: NodeFacts, folder: string): Mount => ({
  type: 'cache',
  id: `next-${name.replace(/[^\w.-]+/g, '-').replace(/^-+/, '')}`,
  target: `/app/${contextPath(join(layout.app, folder))}`,
  sharing: 'locked',
})
