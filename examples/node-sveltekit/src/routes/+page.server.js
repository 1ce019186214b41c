export const load = () => ({ readings: [{ buoy: 'East mark', metres: 1.2 }] })
