import { defineEcosystem } from '../ecosystem.ts'
import type { RustFacts } from './facts.ts'
import { inspect } from './inspect.ts'
import { plan } from './plan.ts'

export default defineEcosystem<RustFacts>({ inspect, plan })
