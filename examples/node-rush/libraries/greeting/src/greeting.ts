import ms from 'ms'

export const greeting = (milliseconds: number): string => `Hello from Rush, back in ${ms(milliseconds)}`
