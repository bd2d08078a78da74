import type { NewFault } from './fault.ts'

/** A fault that is ready to be armed. */
export interface FaultPreset {
  id: string
  title: string
  /** What it shows of a client, and what a good one does. */
  about: string
  fault: NewFault
}

type Preset = Omit<FaultPreset, 'fault'> & { fault: Omit<NewFault, 'name'> }

const REFRESH = { endpoints: ['token'], grantType: 'refresh_token' }
const METADATA = { endpoints: ['discovery', 'oauth-metadata'] }

const table: readonly Preset[] = [
  {
    id: 'token-slow',
    title: 'Token endpoint is slow',
    about: 'Five seconds for every token. Does the app wait, show that it waits, and ask only once?',
    fault: { match: { endpoints: ['token'] }, action: { kind: 'delay', ms: 5_000 } },
  },
  {
    id: 'token-hangs',
    title: 'Token endpoint never answers',
    about: 'A client without a time limit waits until its user gives up.',
    fault: { match: { endpoints: ['token'] }, action: { kind: 'hang' } },
  },
  {
    id: 'refresh-lost',
    title: 'Refresh answer is lost, once',
    about:
      'The refresh token is used up, and its successor never arrives. Under strict rotation the next try revokes the family: does the app send its user to log in again?',
    fault: { match: REFRESH, count: 1, action: { kind: 'drop', when: 'after' } },
  },
  {
    id: 'refresh-late',
    title: 'Refresh answer comes late, once',
    about:
      'Done at once, and answered after 20 seconds: a client that tries again meanwhile sends a used token.',
    fault: { match: REFRESH, count: 1, action: { kind: 'delay', ms: 20_000, when: 'after' } },
  },
  {
    id: 'invalid-grant-once',
    title: 'invalid_grant, once',
    about:
      'The refresh token is no longer good (RFC 6749 5.2). The app should log in again, and not try for ever.',
    fault: { match: REFRESH, count: 1, action: { kind: 'error', code: 'invalid_grant' } },
  },
  {
    id: 'invalid-client',
    title: 'invalid_client',
    about: 'As if the secret had been changed: nothing a user could do, so the app should say whom to ask.',
    fault: { match: { endpoints: ['token'] }, action: { kind: 'error', code: 'invalid_client' } },
  },
  {
    id: 'rate-limited',
    title: '429 with Retry-After',
    about: 'Three requests for tokens are too many. A good client waits as long as it is told.',
    fault: {
      match: { endpoints: ['token'] },
      count: 3,
      action: {
        kind: 'answer',
        status: 429,
        headers: [
          ['content-type', 'application/json'],
          ['retry-after', '5'],
        ],
        body: '{"error":"temporarily_unavailable","error_description":"Too many requests"}',
      },
    },
  },
  {
    id: 'unavailable-sometimes',
    title: '503 every third time',
    about:
      'Tokens and user data from an issuer that is being restarted. Is one failure the end of the session?',
    fault: {
      match: { endpoints: ['token', 'userinfo'] },
      every: 3,
      action: { kind: 'answer', status: 503, headers: [['retry-after', '1']] },
    },
  },
  {
    id: 'token-html',
    title: 'Token endpoint answers a page',
    about:
      'HTML with status 200, as proxies and captive portals send. The app should not show a JSON parser’s words.',
    fault: {
      match: { endpoints: ['token'] },
      action: {
        kind: 'answer',
        status: 200,
        headers: [['content-type', 'text/html; charset=utf-8']],
        body: '<!doctype html><title>Sign in to the network</title><h1>Sign in to the network</h1>',
      },
    },
  },
  {
    id: 'token-cut',
    title: 'Token answer breaks off',
    about: 'Half of the JSON, and the connection is gone; the tokens are issued all the same.',
    fault: { match: { endpoints: ['token'] }, action: { kind: 'cut' } },
  },
  {
    id: 'no-expires-in',
    title: 'Token answer without expires_in',
    about: 'It is only recommended (RFC 6749 5.1): the app has to find out by a 401 when its token ends.',
    fault: { match: { endpoints: ['token'] }, action: { kind: 'patch', patch: { expires_in: null } } },
  },
  {
    id: 'wrong-token-type',
    title: 'Wrong token_type',
    about: 'A client must not use a token whose type it does not know (RFC 6749 7.1).',
    fault: { match: { endpoints: ['token'] }, action: { kind: 'patch', patch: { token_type: 'mac' } } },
  },
  {
    id: 'less-scope',
    title: 'Less scope than was asked for',
    about: 'The answer says scope=openid, whatever was asked for. An app has to look (RFC 6749 5.1).',
    fault: { match: { endpoints: ['token'] }, action: { kind: 'patch', patch: { scope: 'openid' } } },
  },
  {
    id: 'wrong-nonce',
    title: 'ID token with a wrong nonce',
    about:
      'Signed for real. Who takes it can be given somebody else’s login (OpenID Connect Core 1.0 3.1.3.7).',
    fault: {
      match: { endpoints: ['token'], grantType: 'authorization_code' },
      action: { kind: 'claims', token: 'id_token', patch: { nonce: 'of-another-login' } },
    },
  },
  {
    id: 'wrong-audience',
    title: 'ID token for another client',
    about:
      'Signed for real, with another aud: it was issued to somebody else (OpenID Connect Core 1.0 3.1.3.7).',
    fault: {
      match: { endpoints: ['token'] },
      action: { kind: 'claims', token: 'id_token', patch: { aud: 'another-client', azp: 'another-client' } },
    },
  },
  {
    id: 'forged-id-token',
    title: 'ID token with a wrong signature',
    about: 'One bit of it is turned over: a client that decodes instead of verifying takes it.',
    fault: {
      match: { endpoints: ['token'] },
      action: { kind: 'break', token: 'id_token', breakId: 'signature-flipped' },
    },
  },
  {
    id: 'expired-access-token',
    title: 'Access tokens that have expired already',
    about: 'Signed for real, an hour over: does the app refresh after the 401, and only once?',
    fault: {
      match: { endpoints: ['token'] },
      action: { kind: 'break', token: 'access_token', breakId: 'exp-past' },
    },
  },
  {
    id: 'jwks-without-key',
    title: 'JWKS without the signing key',
    about:
      'Tokens name a kid that is not there. A verifier may ask for the keys again, and must not take the token.',
    fault: { match: { endpoints: ['jwks'] }, action: { kind: 'jwks', edit: 'without-signing-key' } },
  },
  {
    id: 'jwks-stale',
    title: 'JWKS from before the rotation',
    about: 'Stays as it is now: rotate the key, and see how APIs behave whose copy is old.',
    fault: { match: { endpoints: ['jwks'] }, action: { kind: 'jwks', edit: 'stale' } },
  },
  {
    id: 'jwks-down',
    title: 'JWKS cannot be reached',
    about: 'Does an API go on with the keys it has, and does it ask again at every request?',
    fault: { match: { endpoints: ['jwks'] }, action: { kind: 'drop', when: 'before' } },
  },
  {
    id: 'wrong-issuer',
    title: 'Discovery lies about its issuer',
    about:
      'The issuer in the metadata is not the one that was asked; a client must refuse it (RFC 8414 3.3).',
    fault: {
      match: METADATA,
      action: { kind: 'patch', patch: { issuer: 'https://another-issuer.example' } },
    },
  },
  {
    id: 'state-changed',
    title: 'Redirect with another state',
    about:
      'The answer to a login that this browser did not begin; a client must not take it (RFC 6749 10.12).',
    fault: {
      match: { endpoints: ['authorization', 'interaction'] },
      action: { kind: 'redirect', set: { state: 'of-another-browser' } },
    },
  },
  {
    id: 'mix-up',
    title: 'Redirect from another issuer',
    about:
      'iss names another issuer: the mix-up attack. A client that uses several must compare it (RFC 9207 2.4).',
    fault: {
      match: { endpoints: ['authorization', 'interaction'] },
      action: { kind: 'redirect', set: { iss: 'https://another-issuer.example' } },
    },
  },
  {
    id: 'access-denied',
    title: 'The user says no',
    about: 'Every login ends with access_denied (RFC 6749 4.1.2.1).',
    fault: {
      match: { endpoints: ['authorization', 'interaction'] },
      action: { kind: 'error', code: 'access_denied', description: 'The user denied the request' },
    },
  },
  {
    id: 'api-unauthorized',
    title: 'The API refuses one good token',
    about:
      '401 invalid_token for a token that is good. A client may refresh once, and then has to stop (RFC 6750 3.1).',
    fault: {
      match: { endpoints: ['me', 'items', 'userinfo'] },
      count: 1,
      action: { kind: 'error', code: 'invalid_token', description: 'The access token is not good any more' },
    },
  },
]

/** The table of ready-made faults; each bears its title as name. */
export const faultPresets: readonly FaultPreset[] = table.map(({ fault, ...preset }) => ({
  ...preset,
  fault: { name: preset.title, ...fault },
}))
