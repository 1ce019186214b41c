import type { Fact } from '../../facts.ts'
import type { AppFacts } from '../ecosystem.ts'
import type { RuntimeFile } from './files.ts'
import type { Natives } from './natives.ts'
import type { Shutdown } from './shutdown.ts'
import type { State } from './state.ts'
import type { Toolchain } from './toolchain.ts'

/** What a plan for a Rust program needs to know beyond what every app has. */
export interface RustFacts extends AppFacts {
  readonly toolchain: Toolchain
  /** The folder in which cargo is called, from the project's root: the workspace's. */
  readonly dir: string
  /** Whether cargo must be told the package: in a workspace. */
  readonly package?: string | undefined
  readonly bin: string
  readonly binFeatures: readonly string[]
  /** Names of the packages whose sources are in the project: compiled anew each time. */
  readonly ownPackages: readonly string[]
  /** The name under which build output is kept apart from other projects'. */
  readonly cacheId: string
  readonly locked: boolean
  readonly gitDependencies: boolean
  /** Whether a build script runs, which may write into the sources. */
  readonly buildScript: boolean
  readonly natives: Natives
  /** Programs and settings that `.cargo/config.toml` asks for. */
  readonly cargoConfig: CargoConfig
  readonly strip: boolean
  readonly sqlxOffline: boolean
  readonly shutdown: Shutdown
  readonly http: boolean
  readonly portEnv?: string | undefined
  /** The path that is asked for the program's health. */
  readonly healthPath: string
  readonly runtimeFiles: readonly RuntimeFile[]
  /** What it writes at run time, for which a place must be made. */
  readonly states: readonly Fact<State>[]
  /** Environment variables of the image that make the program reachable. */
  readonly runtimeEnv: Readonly<Record<string, string>>
  /** Arguments that make the program reachable. */
  readonly args: readonly string[]
  /** The address it keeps to although nothing outside its container reaches it. */
  readonly loopback?: Fact<string> | undefined
  /** Files that .dockerignore's rules for secrets would hide and that are compiled in. */
  readonly compiledIn: readonly string[]
}

/** What a `.cargo/config.toml` changes about a build. https://doc.rust-lang.org/cargo/reference/config.html */
export interface CargoConfig {
  /** It names a target, so the output lies in a folder of that name. */
  readonly target: boolean
  /** A compiler wrapper that the image hasn't got. */
  readonly wrapper: boolean
  /** Debian packages of a linker it names. */
  readonly packages: readonly string[]
  readonly gitCli: boolean
}
