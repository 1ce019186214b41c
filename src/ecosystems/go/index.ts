import { defineEcosystem } from '../ecosystem.ts'
import { inspect } from './inspect.ts'
import { plan } from './plan.ts'

export default defineEcosystem({ inspect, plan })
