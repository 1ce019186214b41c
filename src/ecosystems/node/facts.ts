import type { Fact } from '../../facts.ts'
import type { AppFacts } from '../ecosystem.ts'
import type { Above } from './above.ts'
import type { Baked } from './baked.ts'
import type { Revision } from './checkout.ts'
import type { Database } from './data-folder.ts'
import type { Deployment } from './deployment.ts'
import type { LeftBehind } from './left-behind.ts'
import type { NativeNeeds } from './native.ts'
import type { Manager } from './package-manager.ts'
import type { RushLayout } from './rush-install.ts'
import type { Command } from './scripts.ts'
import type { StandIn } from './stand-in.ts'
import type { Runnable } from './start.ts'
import type { Turbo } from './turbo.ts'
import type { NodeLine } from './versions.ts'

/** A workspace member whose folder the image of an app needs. */
export interface Member {
  readonly name: string
  /** From the root of the workspace. */
  readonly dir: string
  /** Whether the running program needs it, not the build alone. */
  readonly production: boolean
  /** Whether it has a build. */
  readonly builds: boolean
  /** What its build runs, where that is no script of its manifest. */
  readonly task?: readonly Command[] | undefined
  /** Install scripts of its own that do what the build needs: they run once its sources are there. */
  readonly prepares: readonly string[]
  /** What makes the client of its database, which no script of those does. */
  readonly generates?: Command | undefined
  /** Whether Prisma writes its client into node_modules: up to version 6, where the schema names no other place. */
  readonly writesModules: boolean
  /** What of it the running program needs, from its own folder; `.` for all. */
  readonly runtime: readonly string[]
}

/** Where things lie. All paths are from the root of the build context. */
export interface Layout {
  /** The folder with the lock file: `.`, or that of an app that stands alone in a subfolder. */
  readonly root: string
  /** The app's folder, from that root: `.`, or a workspace member's. */
  readonly app: string
  /** The folder of the Dockerfile, from that root, where it isn't the app's: an app of Nx is built at the root. */
  readonly dir?: string
  /** The members that the app needs, in the order in which they are built; the app itself is not among them. */
  readonly members: readonly Member[]
  /** Folders of members that only the root's manifest asks for: the install reads their manifests. */
  readonly listed: readonly string[]
  /** Files that the install reads beside the manifests, from the root: `.npmrc`, `patches`. */
  readonly inputs: readonly string[]
  /** Packages among these that npm puts modules into: they are copied, since nothing stays of what a mount takes. */
  readonly filled?: readonly string[]
  /** Members that pnpm copies at install, instead of linking them. */
  readonly injected: readonly string[]
  /** Whether the root of a workspace patches node_modules after its install. */
  readonly patches: boolean
  /** What an install would run in spite of its settings, by the folder of the manifest that says so. */
  readonly unwanted: ReadonlyMap<string, readonly string[]>
  /** Files and folders of the root that builds of members read, from the root: `tsconfig.base.json`, `proto`. */
  readonly shared: {
    readonly files: readonly string[]
    /** Each keeps its place; a file among members' folders is one of them. */
    readonly folders: readonly string[]
    /** Those that sources import: a program that runs from them imports them too. */
    readonly running: readonly string[]
  }
  /** Folders outside of `root` that the build reads, as seen from there: `../docs`. */
  readonly outside?: readonly string[]
  /** The installs of those that its sources import and that have packages of their own. */
  readonly installs?: readonly Step[]
  /** Files and folders outside of the app's own that its server gives out as they stand, from `root`: `../client`. */
  readonly pages?: readonly string[]
  /** A package of a folder above that the app takes modules from. */
  readonly above?: Above | undefined
  /** Where Rush lays the members' modules out. */
  readonly rush?: RushLayout | undefined
  /** Turborepo's run of the build, where the members' own scripts don't do. */
  readonly turbo?: Turbo | undefined
  /** Folders of packages below the app's that it doesn't start in, such as `client`: their modules stay in the build. */
  readonly nested: readonly string[]
  /** Folders of other members, for the ignore list. */
  readonly others: readonly string[]
  /** Whether an install sees fewer members than the lock file has. */
  readonly partial: boolean
  /** Whether the root of the workspace has production dependencies, which its members find above them. */
  readonly lends: boolean
  /** Whether a member's build runs a program that the root's manifest alone asks for. */
  readonly borrows: boolean
}

/** How Prisma's client gets into the image. */
export interface Prisma {
  readonly major: number
  /** What generates it needs, from the app's folder: schema and configuration. */
  readonly inputs: readonly string[]
  /** The schema that it has to be told of; undefined where it finds it. */
  readonly schema?: string | undefined
  /** Its generators that make code, where others draw the schema; empty where all are run. */
  readonly only: readonly string[]
  /** `sqlite`, `postgresql` …, for the one query compiler that is kept. */
  readonly provider?: string | undefined
  /** Variables without which its configuration throws, with values that do while it generates. */
  readonly asked?: Readonly<Record<string, string>>
  /** The variable that its configuration takes the database's address from. */
  readonly variable?: string | undefined
  /** For SQLite, the variable that names the database's file. */
  readonly file?: string | undefined
  /** What makes the tables: its migrations, where the repository has some, or the schema; undefined where the program does. */
  readonly tables?: 'migrate deploy' | 'db push' | undefined
  /** Whether the client is written into node_modules: a generator of the schema says no other place. */
  readonly inModules: boolean
}

/** A script of the manifest, or a command of a dependency with its environment. */
export type Step =
  | { readonly script: string; readonly env?: Readonly<Record<string, string>> }
  | {
      readonly words: readonly string[]
      readonly env?: Readonly<Record<string, string>>
      /** Those of its words that the shell replaces by files. */
      readonly patterns?: readonly string[]
      /** A folder below the app's. */
      readonly dir?: string
      /** It is run at the root of the workspace, for the app. */
      readonly atRoot?: true
      /** What the lock file of the folder that it installs lacks: `client/package-lock.json lacks ms@2`. */
      readonly stale?: string | undefined
    }

/** Pages that a server gives out, of a package of their own: built in a stage of their own. */
export interface Client {
  /** Its folder, from the folder with the server's lock file: `client`, `../client`. */
  readonly dir: string
  /** Where it puts its output, likewise. */
  readonly out: string
  /** Where the server looks for it, where that is another folder than its output. */
  readonly served?: string | undefined
  /** Whether the server's own build copies it there. */
  readonly copied?: true
  /** Whether the server writes into it. */
  readonly written?: true
  /** Files and folders outside of its own that its sources import, likewise. */
  readonly beside: readonly string[]
  readonly facts: NodeFacts
}

/** All that a plan of a Node.js app is made from. */
export interface NodeFacts extends AppFacts {
  readonly manager: Manager
  readonly line: NodeLine
  readonly layout: Layout
  readonly deployment: Deployment
  readonly native: NativeNeeds
  readonly name: string
  /** What the build stage runs, in order, once the sources are there. */
  readonly steps: readonly Step[]
  /** What the build asks git for, and fails where nothing answers. */
  readonly revision?: Revision | undefined
  /** Whether a production install has anything to install. */
  readonly hasDependencies: boolean
  /** Whether something has to be done to node_modules after the sources are there: patches, for one. */
  readonly prepares: boolean
  readonly program?: {
    readonly runs: Runnable
    readonly env: Readonly<Record<string, string>>
    /** Whether the source or framework ends on SIGTERM by itself. */
    readonly handlesSigterm: boolean
    /** Whether it listens where NODE_ENV isn't `production`, and nowhere else. */
    readonly developing: boolean
    /** Its own machine's address, where its server listens on that alone, and no variable says another. */
    readonly local?: string | undefined
    readonly spawns: boolean
    /** Where the program of a dependency lies that starts it, from its folder. */
    readonly bins: string
    /** Whether its code nowhere tells a browser to do without its sandbox. */
    readonly keepsSandbox: boolean
    /** Its entry, where that is CommonJS in spite of its package.json, which the image is without then. */
    readonly misread?: string | undefined
    /** Whether it writes files beside itself. */
    readonly writes: boolean
    /** Files and folders that the running program needs, from the app's folder; `.` for all. Of one that is packed, those beside the pack. */
    readonly files: readonly string[]
    /** Members of its workspace that write for it, by name. */
    readonly writers: readonly string[]
    /** Data that it reads beside its code, where the compiler leaves it. */
    readonly leftBehind: readonly LeftBehind[]
    /** Folders of its logs that have to be made, from its own or the root. */
    readonly logs: readonly string[]
    /** Folders at the root of its workspace that it fills. */
    readonly fills: readonly string[]
    /** Whether node_modules must hold the development dependencies too. */
    readonly needsDevelopment: boolean
    readonly health: string | undefined
    readonly portVariable: string | undefined
  }
  readonly prisma?: Prisma | undefined
  readonly database?: Database | undefined
  /** Whether a development dependency is an optional peer of another package too: npm keeps such in production. */
  readonly keepsDevelopment: boolean
  /** Whether production needs packages that only peer dependencies name. */
  readonly needsPeers: boolean
  /** Values that the build bakes in. */
  readonly baked: readonly Baked[]
  /** Variables that name a secret of a package registry. */
  readonly secrets: readonly string[]
  /** Hosts that an install clones from by SSH. */
  readonly ssh: readonly string[]
  /** Folders that the build makes, from the app's folder. */
  readonly generated: readonly string[]
  /** Tests and settings of tools that the compiler ends on, from the app's folder. */
  readonly refused: readonly string[]
  /** Folders that no image has, but for this project's build, which runs something there: `.github`. */
  readonly kept: readonly string[]
  /** The name of the web server's settings: one that no file of the project's own has. */
  readonly serverConfig: string
  readonly framework?: Fact<string> | undefined
  /** What the build has in the place of a platform's adapter. */
  readonly standIn?: StandIn | undefined
  /** Flags that this project's install needs. */
  readonly installFlags: readonly string[]
  /** What the build's own command alone has in its environment. */
  readonly duringBuild: Readonly<Record<string, string>>
  /** Environment of the build stage. */
  readonly buildEnv: Readonly<Record<string, string>>
  /** Debian packages that every install needs: git. */
  readonly installPackages: readonly string[]
  /** Debian packages that the build stage needs: git, openssl. */
  readonly buildPackages: readonly string[]
  /** What an example of variables gives those that the image sets, too. */
  readonly examples: ReadonlyMap<string, string>
  readonly hasPublic: boolean
  readonly clients: readonly Client[]
  readonly migrations: readonly string[]
}
