import type { Framework } from './frameworks.ts'
import type { Linked } from './lock.ts'
import type { Scan } from './scan.ts'

/** How SIGTERM ends the program as PID 1, where the kernel ignores a signal without a handler. */
export type Shutdown = 'handles' | 'interrupt' | 'init'

/**
 * The lightest sound means: the program's own handler, SIGINT where it handles that one alone, else an init.
 * What can't be seen gets the init, which is never wrong.
 */
export function shutdownOf(
  scan: Scan,
  framework: Framework | undefined,
  linked: Linked | undefined,
): Shutdown {
  const { names } = scan
  if (framework?.stops && !names.has('disable_signals')) return 'handles'
  const terminates =
    (names.has('SignalKind') && names.has('terminate')) ||
    names.has('SIGTERM') ||
    names.has('catch_signals') ||
    names.has('TERM_SIGNALS')
  if (terminates) return 'handles'
  if (names.has('ctrl_c') && !linked?.has('ctrlc')) return 'interrupt'
  return 'init'
}
