const MINUTES = { green: 2, black: 4, herbal: 7 }

/** How long a tea draws. */
export const minutesFor = name => (Object.hasOwn(MINUTES, name) ? MINUTES[name] : undefined)
