/** Modules that Node.js itself has, by the names that need no `node:`: https://nodejs.org/api/modules.html#built-in-modules */
const BUILTINS = new Set(
  'assert async_hooks buffer child_process cluster console constants crypto dgram diagnostics_channel dns domain events fs http http2 https inspector module net os path perf_hooks process punycode querystring readline repl stream string_decoder sys timers tls trace_events tty url util v8 vm wasi worker_threads zlib'.split(' '),
) // biome-ignore format: one list

/** Whether a name that is imported, `fs/promises` or `node:test`, is one of Node.js's own modules. */
export const isBuiltin = (specifier: string): boolean =>
  specifier.startsWith('node:') || BUILTINS.has(specifier.split('/')[0] ?? '')
