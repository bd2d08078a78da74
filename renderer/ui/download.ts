/** Saves a value as a JSON file. */
export const downloadJson = (name: string, value: unknown): void =>
  downloadText(name, 'application/json', `${JSON.stringify(value, null, 2)}\n`)

/** Saves a text as a file, the way a click on a download link does. */
export function downloadText(name: string, mediaType: string, text: string): void {
  const blob = new Blob([text], { type: mediaType })
  const url = URL.createObjectURL(blob)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // The download has begun with the click; the URL may go once the event loop has turned.
  setTimeout(() => URL.revokeObjectURL(url), 0)
}
