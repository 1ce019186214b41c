export const normalize = (plate: string): string => plate.toUpperCase().replace(/[^A-Z0-9]/g, '')
