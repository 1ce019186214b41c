const answer = await fetch('/api/hello')
document.querySelector('output').textContent = await answer.text()
