import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { Module } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { Script } from 'node:vm'

/** What Node.js calls to load a file; a stable part of it that its types leave out. https://nodejs.org/api/modules.html#requireextensions */
interface Loaders {
  enableCompileCache?(): unknown
  readonly _extensions: Record<string, (module: NodeModule, file: string) => void>
}

export interface CompileCache {
  /** The command is loaded and about to run. A run that loads no more tells its help: too little is compiled to be kept. */
  started(): void
  /** The run is over: compiled code now has every function that was called. */
  keep(): void
}

/**
 * Keeps compiled code from run to run, as compiling is half of what a short run costs. Node.js does it by itself from
 * 22.1 on (https://nodejs.org/api/module.html#moduleenablecompilecache). For older versions the same is done here, for the
 * package's own chunks: beside them, so that who could change the cache could change the code as well, and in files of
 * their names, which hold a hash of their content.
 * @param folder of the package's code
 */
export function openCompileCache(folder: string): CompileCache {
  const loaders = Module as unknown as Loaders
  if (loaders.enableCompileCache) {
    loaders.enableCompileCache()
    return { started() {}, keep() {} }
  }
  const cache = join(folder, '.cache', `${process.version}-${process.arch}`)
  const fresh: (readonly [name: string, script: Script])[] = []
  const loaded = new Map<string, NodeModule>()
  const load = (module: NodeModule, file: string) => {
    loaded.set(file, module)
    const cachedData = read(join(cache, basename(file)))
    // Chunks are ASCII, which needs no decoding.
    const script = new Script(Module.wrap(readFileSync(file, 'latin1')), { filename: file, cachedData })
    if (!cachedData || script.cachedDataRejected) fresh.push([basename(file), script])
    const run = script.runInThisContext() as (...scope: readonly unknown[]) => void
    const near = (id: string) => join(dirname(file), id)
    const require = (id: string) => (id.startsWith('.') ? chunk(near(id)) : module.require(id))
    run.call(module.exports, module.exports, require, module, file, dirname(file))
  }
  // Where a chunk lies is known: Node.js would look at a dozen places.
  const chunk = (file: string): unknown => {
    const module = loaded.get(file) ?? new Module(file)
    if (!loaded.has(file)) load(module, file)
    return module.exports
  }
  loaders._extensions['.cjs'] = load
  let first = 0
  return {
    started() {
      first = loaded.size
    },
    keep() {
      if (loaded.size > first && fresh.length > 0) keep(cache, fresh)
    },
  }
}

function read(path: string): Buffer | undefined {
  try {
    return readFileSync(path)
  } catch {
    return undefined
  }
}

/** Whole files or none, as runs may overlap; a package that can't be written to goes without. */
function keep(cache: string, fresh: readonly (readonly [name: string, script: Script])[]): void {
  try {
    mkdirSync(cache, { recursive: true })
    for (const [name, script] of fresh) keepOne(join(cache, name), script.createCachedData())
  } catch {
    // The next run compiles again.
  }
}

function keepOne(path: string, data: Buffer): void {
  const temporary = `${path}.${process.pid}`
  try {
    writeFileSync(temporary, data)
    renameSync(temporary, path)
  } finally {
    rmSync(temporary, { force: true })
  }
}
