const HOUR = 3_600_000
/** From one high water to the next. */
const PERIOD = 12.42 * HOUR

/** The height of the water for each of the next 24 hours, in metres. */
export const heights = from =>
  Array.from({ length: 24 }, (_, hour) => 2 + 1.5 * Math.cos((2 * Math.PI * (from + hour * HOUR)) / PERIOD))

export const shown = height => `${height.toFixed(1)} m`
