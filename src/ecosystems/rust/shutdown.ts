import type { Framework } from './frameworks.ts'
import type { Scan } from './scan.ts'

/** How SIGTERM ends the program as PID 1, where the kernel ignores a signal without a handler. */
export type Shutdown = 'handles' | 'interrupt' | 'init'

/**
 * The lightest sound means: the program's own handler, SIGINT where it handles that one alone, else an init.
 * What can't be seen gets the init, which is never wrong.
 */
export function shutdownOf({ names, calls }: Scan, framework: Framework | undefined): Shutdown {
  if (framework?.stops && !names.has('disable_signals')) return 'handles'
  const registers = calls.some(call => call.names.includes('SIGTERM') && !SENDS.test(call.name))
  const all = names.has('SignalKind') && names.has('terminate')
  if (all || registers || names.has('catch_signals') || names.has('TERM_SIGNALS')) return 'handles'
  const interrupt = names.has('ctrl_c') || (names.has('ctrlc') && names.has('set_handler'))
  return interrupt ? 'interrupt' : 'init'
}

/** Calls that send a signal to another process. */
const SENDS = /kill|send/
