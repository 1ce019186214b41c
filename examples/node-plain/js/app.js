for (const name of ['North quay', 'Fish market', 'Dry dock']) {
  const item = document.createElement('li')
  item.textContent = name
  document.querySelector('#berths').append(item)
}
