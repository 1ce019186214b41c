import { Cron } from 'croner'

new Cron('* * * * *', () => console.log('tick'))
