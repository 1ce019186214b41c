export default eventHandler(() => ({ tide: 'high', at: '06:42' }))
