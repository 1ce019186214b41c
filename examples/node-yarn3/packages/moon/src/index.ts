const MONTH = 29.530588 * 86_400_000
const NEW_MOON = Date.UTC(2000, 0, 6, 18, 14)

/** How much of the month has gone by: 0 at new moon, 0.5 at full moon. */
export const phase = (time: number): number => ((((time - NEW_MOON) % MONTH) + MONTH) % MONTH) / MONTH
