import { type ClientCheck, equal, worded } from '../check.ts'
import type { RedirectAnswer } from '../types.ts'

export interface RedirectFacts {
  redirect: RedirectAnswer
  /** By name; of a parameter that came twice, the first. */
  parameters: Readonly<Partial<Record<string, string>>>
  state: string
  redirectUri: string
  /** What `iss` has to be; null when nobody said. */
  issuer: string | null
  /** `authorization_response_iss_parameter_supported` of the metadata (RFC 9207 3). */
  issPromised: boolean
  /** Whether the answer was asked for as a JWT, and whether it is one. */
  jwt: { asked: boolean; came: boolean }
}

const checkAddress: ClientCheck<RedirectFacts> = {
  id: 'client.redirect-uri-is-ours',
  title: 'The browser came back to the redirect URI of the request.',
  spec: 'RFC 6749 3.1.2',
  judge: ({ redirect, redirectUri }) => equal(redirect.address, redirectUri.split('?')[0]!),
}

const checkOnce: ClientCheck<RedirectFacts> = {
  id: 'client.parameters-come-once',
  title: 'No parameter came twice.',
  spec: 'RFC 6749 3.1',
  judge({ redirect }) {
    const names = redirect.parameters.map(([name]) => name)
    const twice = names.filter((name, index) => names.indexOf(name) !== index)
    return {
      holds: twice.length === 0,
      observed: twice.length === 0 ? null : twice.join(', '),
      expected: 'each once',
    }
  },
}

export const checkState: ClientCheck<Pick<RedirectFacts, 'parameters' | 'state'>> = {
  id: 'client.state-is-ours',
  title: 'The state is the one that was sent.',
  spec: 'RFC 6749 10.12',
  judge: ({ parameters, state }) =>
    equal(
      parameters.state,
      state,
      'A redirect with another state was not asked for by this run: a client that takes it can be made to log in as somebody else (CSRF).',
    ),
}

const checkIss: ClientCheck<RedirectFacts> = {
  id: 'client.redirect-iss-is-expected',
  title: 'The answer came from the issuer that was asked.',
  spec: 'RFC 9207 2.4',
  judge({ parameters: { iss }, issuer, issPromised }) {
    const hint = 'Another iss means that a second issuer answers in place of the first (mix-up attack).'
    if (iss !== undefined && issuer !== null) return equal(iss, issuer, hint)
    if (!issPromised) return null
    return {
      holds: iss !== undefined,
      observed: worded(iss),
      expected: worded(issuer),
      hint: 'Its metadata promises iss.',
    }
  },
}

const checkCameAsJwt: ClientCheck<RedirectFacts> = {
  id: 'client.redirect-came-as-jwt',
  title: 'The answer came as a JWT, as it was asked for.',
  spec: 'JARM 2.3',
  judge({ redirect, parameters: { error }, jwt: { asked, came } }) {
    if (!asked) return null
    return {
      // An issuer that cannot sign its answer says so in an error, unsigned.
      holds: came || (error === undefined ? false : 'warn'),
      observed: redirect.parameters.map(([name]) => name).join(', ') || 'no parameter',
      expected: 'response',
      hint: 'What is not signed may be of anybody who can send the browser somewhere.',
    }
  },
}

const checkNoError: ClientCheck<RedirectFacts> = {
  id: 'client.redirect-is-no-error',
  title: 'The issuer let the user in.',
  spec: 'RFC 6749 4.1.2.1',
  judge({ parameters: { error, error_description: description } }) {
    const observed =
      error === undefined ? null : `${error}${description === undefined ? '' : `: ${description}`}`
    return { holds: error === undefined, observed, expected: 'no error' }
  },
}

const checkCode: ClientCheck<RedirectFacts> = {
  id: 'client.redirect-has-code',
  title: 'The answer has a code.',
  spec: 'RFC 6749 4.1.2',
  judge: ({ parameters: { code, error } }) =>
    error === undefined
      ? { holds: Boolean(code), observed: code ? null : 'nothing', expected: 'a code' }
      : null,
}

/** What a client checks before it uses a code. */
export const redirectChecks: readonly ClientCheck<RedirectFacts>[] = [
  checkAddress,
  checkOnce,
  checkCameAsJwt,
  checkState,
  checkIss,
  checkNoError,
  checkCode,
]

/** The same for the way back from a logout (OpenID Connect RP-Initiated Logout 1.0 3). */
export const logoutChecks: readonly ClientCheck<RedirectFacts>[] = [checkAddress, checkState]

/** Parameters by name; of one that came twice, the first. */
export const firstOfEach = (
  parameters: RedirectAnswer['parameters'],
): Readonly<Partial<Record<string, string>>> => Object.fromEntries([...parameters].reverse())
