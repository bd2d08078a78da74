/** What keeps a text from being base64url without padding (RFC 7515 2), in words; null when it is. */
export function base64UrlProblem(text: string): string | null {
  const wrong = /[^A-Za-z0-9_-]/.exec(text)
  if (wrong) {
    const plain = wrong[0] === '+' || wrong[0] === '/' || wrong[0] === '='
    const reason = plain
      ? 'which is plain base64; a JWT is base64url without padding'
      : 'which is not base64url'
    return `has ${JSON.stringify(wrong[0])} at position ${wrong.index + 1}, ${reason} (RFC 7515 2)`
  }
  return text.length % 4 === 1
    ? `has ${text.length} characters, a length base64url can't have; it was cut`
    : null
}

/** @throws TypeError when the text is not base64url; ask base64UrlProblem first to explain */
export function decodeBase64Url(text: string): Uint8Array {
  const problem = base64UrlProblem(text)
  if (problem) throw new TypeError(`The text ${problem}.`)
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'))
  const bytes = new Uint8Array(binary.length)
  for (let index = 0; index < binary.length; index++) bytes[index] = binary.charCodeAt(index)
  return bytes
}

export function encodeBase64Url(bytes: Uint8Array): string {
  let binary = ''
  for (const byte of bytes) binary += String.fromCharCode(byte)
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')
}
