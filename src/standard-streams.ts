import { fstatSync, statSync, writeSync } from 'node:fs'

/** Whether a person sits at a standard stream. Node.js' own streams know it, and cost 5 ms of each start: last. */
export function isTerminal(descriptor: 0 | 1 | 2): boolean {
  try {
    const device = fstatSync(descriptor)
    const nowhere = statSync('/dev/null', { throwIfNoEntry: false })
    return device.isCharacterDevice() && device.rdev !== nowhere?.rdev && Boolean(streamOf(descriptor).isTTY)
  } catch {
    return false // closed
  }
}

const streamOf = (descriptor: 0 | 1 | 2) =>
  descriptor === 0 ? process.stdin : descriptor === 1 ? process.stdout : process.stderr

let waits = false
/** Whether a stream still holds text that a pipe didn't take: the process must not be ended then. */
export const hasTextLeft = (): boolean => waits

/** Writes to standard output or error, all of it before it returns where that is a file or a pipe. */
export function print(descriptor: 1 | 2, text: string): void {
  // What a terminal shows depends on its encoding: its stream knows.
  if (isTerminal(descriptor)) {
    streamOf(descriptor).write(text)
    return
  }
  const bytes = Buffer.from(text)
  for (let done = 0; done < bytes.length; ) {
    try {
      done += writeSync(descriptor, bytes, done)
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      // `create-dockerfile --stdout | head -1`: nobody reads on, and that is fine.
      if (code === 'EPIPE') process.exit(0)
      // A pipe that is full and doesn't wait: the stream waits for it.
      if (code !== 'EAGAIN') throw error
      waits = true
      const stream = streamOf(descriptor)
      stream.on('error', () => process.exit(0))
      stream.write(bytes.subarray(done))
      return
    }
  }
}
