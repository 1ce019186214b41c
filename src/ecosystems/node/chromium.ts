import { type Note, note } from '../../plan/notes.ts'
import type { NodeFacts } from './facts.ts'

/**
 * Whether Chromium has to be told to do without its sandbox: that wants user namespaces, which the default profile of
 * containers refuses, and the program doesn't say so itself. https://pptr.dev/troubleshooting#setting-up-chrome-linux-sandbox
 */
export const unboxed = ({ native, program }: NodeFacts): boolean =>
  native.runtime.includes('chromium') && program?.keepsSandbox === true

export const sandboxNotes = (facts: NodeFacts): readonly Note[] =>
  unboxed(facts)
    ? [
        note(
          'BROWSER_UNBOXED',
          'warning',
          'Chromium runs without its own sandbox, which the default profile of containers refuses: have it open pages that you trust, or give the container --cap-add SYS_ADMIN and leave /etc/chromium.d/container out',
        ),
      ]
    : []
