/** Saves a value as a JSON file, the way a click on a download link does. */
export function downloadJson(name: string, value: unknown): void {
  const blob = new Blob([`${JSON.stringify(value, null, 2)}\n`], { type: 'application/json' })
  const url = URL.createObjectURL(blob)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // The download has begun with the click; the URL may go once the event loop has turned.
  setTimeout(() => URL.revokeObjectURL(url), 0)
}
