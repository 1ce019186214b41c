import { shown } from '@tide-table/tides'

for (const height of await (await fetch('/api/tides')).json()) {
  const hour = document.createElement('li')
  hour.textContent = shown(height)
  document.querySelector('#hours').append(hour)
}
