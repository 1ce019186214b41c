import { h, render } from 'preact'
import { LocationProvider, Route, Router } from 'preact-iso'

const Home = () => h('p', null, 'High tide at 06:42. ', h('a', { href: '/about' }, 'About'))
const About = () => h('p', null, 'A page that only the router in the browser knows.')
const Missing = () => h('p', null, 'No such page.')

const App = () =>
  h(
    LocationProvider,
    null,
    h(Router, null, [
      h(Route, { path: '/', component: Home }),
      h(Route, { path: '/about', component: About }),
      h(Route, { default: true, component: Missing }),
    ]),
  )

render(h(App), document.getElementById('root'))
