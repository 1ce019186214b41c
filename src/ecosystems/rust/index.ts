import { defineEcosystem } from '../ecosystem.ts'

export default defineEcosystem({
  inspect: () => [],
  plan: () => {
    throw new Error('not yet')
  },
})
