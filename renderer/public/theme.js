// Sets the colour scheme before the first paint. A file of its own, as the page's CSP allows no inline script.
;(() => {
  let preference = null
  try {
    preference = localStorage.getItem('grantscope.theme')
  } catch {}
  const dark =
    preference === 'dark' || (preference !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches)
  document.documentElement.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light')
})()
