/** How often the bell rings at an hour of 24. */
export const strokesAt = (hour: number): number => hour % 12 || 12
