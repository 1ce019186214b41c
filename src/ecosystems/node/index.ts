import { defineEcosystem } from '../ecosystem.ts'
import type { NodeFacts } from './facts.ts'
import { inspect } from './inspect.ts'
import { plan } from './plan.ts'
import { declines } from './windowed.ts'
import { encloses } from './workspaces.ts'

export default defineEcosystem<NodeFacts>({
  inspect,
  plan: ({ facts }, wishes) => plan(facts, wishes),
  declines,
  encloses,
})
