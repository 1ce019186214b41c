import { defineEcosystem } from '../ecosystem.ts'
import type { PythonFacts } from './facts.ts'
import { inspect } from './inspect.ts'
import { plan } from './plan/plan.ts'

export default defineEcosystem<PythonFacts>({ inspect, plan })
