const origin = import.meta.env.VITE_API_ORIGIN ?? ''
const locks = await (await fetch(`${origin}/api/locks`)).json()
for (const { name, open } of locks) {
  const item = document.createElement('li')
  item.textContent = `${name}: ${open ? 'open' : 'closed'}`
  document.querySelector('#locks').append(item)
}
