const ms = require('ms')

exports.openFor = ms(ms('2h'), { long: true })
