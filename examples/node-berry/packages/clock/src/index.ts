import ms from 'ms'

/** `90` → `up for 2 minutes` */
export const describe = (seconds: number): string => `up for ${ms(seconds * 1000, { long: true })}`
