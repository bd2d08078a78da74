/** Mistakes the app can be told to make, and what comes of each. */
export const breaks = [
  ['constantState', 'The same state for every login', 'From the second login on'],
  ['noNonce', 'No nonce', 'An ID token of another login would do'],
  ['noPkce', 'No PKCE', 'A stolen code is as good as a login'],
  ['wrongVerifier', 'A new code_verifier after the redirect', 'The code is refused'],
  ['trailingSlash', 'A slash too many in the redirect URI', 'The code is refused'],
  ['noResource', 'Ask for a token for no API in particular', 'The API refuses it: wrong audience'],
  ['noWrite', 'Ask for no scope write', 'Adding an item is refused with 403'],
  ['idTokenAtApi', 'Show the API the ID token', 'The API refuses it'],
  ['ignoreExpiry', 'Use an access token after it expired', "Move the issuer's clock to see it"],
  ['oldRefreshToken', 'Keep the first refresh token', 'The second refresh ends the whole family'],
  ['twoRefreshes', 'Refresh twice at once', 'One of them loses, and may take the family along'],
]

const key = 'sample-app.breaks'

const stored = () => JSON.parse(sessionStorage.getItem(key) ?? '[]')

/** Those that are on: `{ wrongVerifier: true }`. They outlive the redirect of a login. */
export const activeBreaks = () => Object.fromEntries(stored().map((name) => [name, true]))

export function setBreak(name, on) {
  const others = stored().filter((other) => other !== name)
  sessionStorage.setItem(key, JSON.stringify(on ? [...others, name] : others))
}
