/** A value for a variable that only has to be there: the example's, else one that a client of that kind can read. */
export function standIn(name: string, example: string | undefined, isUrl: boolean): string {
  // `sk_...` and `postgresql://...` only show the form.
  const whole = example && !example.includes('...') && /^[\w@%+=:,./~?&-]+$/.test(example)
  // `YOUR_DATABASE_URL` names what is to stand there; a path is an address to some.
  const isAddress = isUrl || /_UR[IL]$/.test(name)
  const fits = !isAddress || URL.canParse(example ?? '') || (!isUrl && example?.startsWith('/'))
  return whole && fits ? example : invented(name, isUrl)
}

function invented(name: string, isUrl: boolean): string {
  // A sample of nothing is as harmless as a number gets.
  if (name.endsWith('_RATE')) return '0'
  if (/_(PORT|LIMIT|SIZE|COUNT|TTL|TIMEOUT|MS|SECONDS|MINUTES|HOURS|DAYS)$/.test(name)) return '1'
  // Long enough for a check of a secret's length.
  if (!isUrl && !/(URL|URI|ENDPOINT|DSN)$/.test(name)) return 'unknown-while-the-image-is-built-000'
  // A store that is asked by HTTP, whatever it is called: UPSTASH_REDIS_REST_URL.
  if (/_REST_UR[IL]$/.test(name)) return 'https://localhost'
  if (/MONGO/.test(name)) return 'mongodb://localhost/none'
  if (/REDIS/.test(name)) return 'redis://localhost'
  if (/MYSQL/.test(name)) return 'mysql://none:none@localhost/none'
  if (/^(DATABASE|DB|PG|POSTGRES|DIRECT|NEON|SUPABASE_DB)/.test(name))
    return 'postgresql://none:none@localhost/none'
  return 'http://localhost'
}
