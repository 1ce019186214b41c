export const load = () => ({ gates: [{ name: 'Upper gate', open: false }] })
