/** A port or an address that the code listens on: what it is by default, and the variable that sets it. */
export interface Listener<T> {
  readonly value?: T
  readonly env?: string
  /** Whether a condition may decide for another value. */
  readonly open?: true
  readonly path: string
}

/** A port that the code names. */
export interface PortFound {
  readonly value?: number | undefined
  readonly env?: string | undefined
  readonly open?: true | undefined
  readonly path: string
  /** How near it is to a server that listens. */
  readonly weight: number
  /** The address that stands beside it in settings. */
  readonly host?: HostFound | undefined
}

export interface HostFound {
  readonly value?: string | undefined
  readonly env?: string | undefined
  readonly path: string
}

/** What the files have said so far. */
export interface Found {
  listens: boolean
  /** Whether any of it is told what to listen on: `api.listen()` is another module's. */
  told: boolean
  /** Whether any of it listens whatever the settings say. */
  always: boolean
  /** Whether any of it listens in production, and a file that does for developers alone. */
  serves: boolean
  developing: string | undefined
  /** Whether any of it listens on a port that the code doesn't tell. */
  hidden: boolean
  ports: PortFound[]
  hosts: HostFound[]
  /** Addresses that no `listen` was seen with. */
  fallbackHosts: HostFound[]
  /** The same of variables that may be of another server. */
  namedHosts: HostFound[]
  /** Variables that a setting beside a `listen` is named after. */
  settingHosts: HostFound[]
  /** A file that surely listens without naming an address. */
  unaddressed: string | undefined
  /** A file with `process.env.PORT | 3000`. */
  slip: string | undefined
  handlesSigterm: boolean
  spawns: boolean
  programs: Map<string, string>
  writes: boolean
  /** Paths that it writes to, as far as they stand in the code. */
  written: Set<string>
  /** Members of the workspace that write, by name. */
  writers: Set<string>
  /** Folders of files of logs that nothing makes. */
  logs: Set<string>
  health: string | undefined
  /** Whether it imports files of types alone as if they were code. */
  declares: boolean
  imports: Set<string>
  /** The same as they are imported: `@shop/api/server`. */
  specifiers: Set<string>
  paths: Set<string>
  literals: Set<string>
  /** Folders of the code that it names by a way out and in again. */
  around: Set<string>
  /** Folders that are given out at the root of the site. */
  served: Set<string>
  /** Files and folders outside of its own that it gives out, at whatever path: `'../client'`. */
  beside: Set<string>
  /** Names by which another file tells such a folder. */
  handed: Set<string>
  /** Folders that variables of such names stand for. */
  folders: Map<string, string>
  /** Variables that are read without a default, with the file that does. */
  variables: Map<string, string>
  /** Names of another module that a server listens on, and that may be those of variables. */
  portNames: PortFound[]
}

/** Before the first file is read. */
export const nothing = (): Found => ({
  listens: false, told: false, always: false, serves: false, developing: undefined, hidden: false, ports: [], hosts: [], fallbackHosts: [], namedHosts: [], settingHosts: [], unaddressed: undefined, slip: undefined, handlesSigterm: false, spawns: false, programs: new Map(), writes: false, written: new Set(), writers: new Set(), logs: new Set(), health: undefined, declares: false, imports: new Set(), specifiers: new Set(), paths: new Set(), literals: new Set(), around: new Set(), served: new Set(), beside: new Set(), handed: new Set(), folders: new Map(), variables: new Map(), portNames: [],
}) // biome-ignore format: one record

/** What the code of a program says about how it runs. */
export interface Scan {
  /** Whether anything listens on a port. */
  readonly listens: boolean
  /** Whether any of it listens whatever the settings say. */
  readonly always: boolean
  /** A file that listens where NODE_ENV is another than `production`, where nothing else listens. */
  readonly developing?: string | undefined
  /** The port by default, and the variable that sets it. */
  readonly port?: Listener<number> | undefined
  /** The address by default, where the code names one, and the variable that sets it. */
  readonly host?: Listener<string> | undefined
  /** A file that surely listens without naming an address. */
  readonly unaddressed?: string | undefined
  /** A file with `process.env.PORT | 3000`. */
  readonly slip?: string | undefined
  readonly handlesSigterm: boolean
  /** Whether it starts other programs: then something must reap them, and they may need a shell. */
  readonly spawns: boolean
  /** Other programs that it starts by name, with the file that does. */
  readonly programs: ReadonlyMap<string, string>
  /** Whether it writes files: then some of its folders must be its user's. */
  readonly writes: boolean
  /** Paths that it writes to, as far as they stand in the code: `../client/dist/config.js`, `uploads/`. */
  readonly written: ReadonlySet<string>
  /** Members of its workspace that write, a database beside their code most of all, by name. */
  readonly writers: ReadonlySet<string>
  /** Folders of files of logs that nothing makes, from the package's folder or the root: `logs`, `/var/log/shop`. */
  readonly logs: ReadonlySet<string>
  /** A route that tells health, of the app itself and not of a router below a prefix. */
  readonly health?: string | undefined
  /** Whether it imports files of types alone as if they were code. */
  readonly declares: boolean
  /** Packages that are imported, by name. */
  readonly imports: ReadonlySet<string>
  /** The same as they are imported: `hono/client`. */
  readonly specifiers: ReadonlySet<string>
  /** First segments of the relative paths in string literals: files that are read at run time. */
  readonly paths: ReadonlySet<string>
  /** Files of the project that it reads or imports, the entries among them. */
  readonly files: ReadonlySet<string>
  /** The whole of those paths, without what leads up. */
  readonly literals: ReadonlySet<string>
  /** Folders of the code that it names by a way out and in again: `'../src'` in `src/server.ts`. */
  readonly around: ReadonlySet<string>
  /** Folders that the server gives out at the root of the site: `express.static('public')`. */
  readonly served: ReadonlySet<string>
  /** Files and folders outside of its own that it gives out, at whatever path: `'../client'`. */
  readonly beside: ReadonlySet<string>
  /** Variables that are read without a default, with the file that does. */
  readonly variables: ReadonlyMap<string, string>
}
