/** Minutes past the hour. */
const DEPARTURES = [10, 30, 50]

/** The next departure as `14:30`, in universal time: the page and the server show the same. */
export function nextFerry(now: Date): string {
  const minute = DEPARTURES.find(departure => departure > now.getUTCMinutes())
  const hour = (now.getUTCHours() + (minute === undefined ? 1 : 0)) % 24
  return `${String(hour).padStart(2, '0')}:${minute ?? DEPARTURES[0]}`
}
