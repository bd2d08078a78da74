import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { MAX_BODY_BYTES } from '../../shared/protocol/checks/request/check-size.ts'
import { CLIENT_ASSERTION_TYPE } from '../support/assertions.ts'
import { authorizationQuery } from '../support/browser.ts'
import { basic, bearer, type Fields, type Issuer, openIssuer } from '../support/issuer.ts'

// What reads a token once is done in milliseconds with the longest that a body can hold; what looks again from each of its
// characters takes many seconds, and the issuer answers nobody in the meantime.

const NO_LINEAR_WORK_TAKES_MS = 5_000
/** Room for the other parameters. */
const LENGTH = MAX_BODY_BYTES - 2_000

const filled = (unit: string, end = '') => unit.repeat(Math.floor(LENGTH / unit.length)) + end
const header = (head: object) => Buffer.from(JSON.stringify(head)).toString('base64url')
const fifth = 'A'.repeat(LENGTH / 5)

const epk = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'jwk' })

const TEXTS: Fields = {
  'a word without dots, and a second one': filled('a', ' x'),
  'words with one dot each': filled('aaaaaaa.aaaaaaa '),
  'dots alone': filled('.'),
  'short parts': filled('aa.'),
  'the begin of a header, again and again': filled('eyJ', ' x'),
  'quotes, and a letter at the end': filled('"', 'x'),
  'signs at the end of a list': filled('a,;', ' x'),
  blanks: `a${filled(' ', 'x')}`,
  'names of tokens': filled('"token"', ' x'),
  tildes: filled('~', ' x'),
  'equal signs': filled('=', 'x'),
  'a JWS with giant parts': `${header({ alg: 'ES256' })}.${fifth}.${fifth}`,
  'a JWE with giant parts': [header({ alg: 'RSA-OAEP', enc: 'A256GCM' }), fifth, fifth, fifth, 'AAAA'].join(
    '.',
  ),
  'a JWE with a giant wrapped key': [
    header({ alg: 'ECDH-ES+A256KW', enc: 'A256GCM', epk }),
    'A'.repeat(LENGTH - 1_000),
    '',
    '',
    '',
  ].join('.'),
  'a header of nothing but brackets': `${Buffer.from('['.repeat(LENGTH / 2)).toString('base64url')}.e30.`,
}

type Send = (issuer: Issuer, text: string) => Promise<unknown>

const form =
  (path: string, name: string, others: Fields = {}, headers: Fields = {}): Send =>
  (issuer, text) => {
    // As it is: escaped, most of these would be three times as long.
    const body = `${new URLSearchParams(others)}&${name}=${text.replaceAll('&', '')}`
    const type = { 'content-type': 'application/x-www-form-urlencoded' }
    return issuer.send(path, { method: 'POST', headers: { ...type, ...headers }, body })
  }

const authorize = Object.fromEntries(authorizationQuery({}))
const client = basic('demo-web', 'demo-web-secret')
const assertion = { client_assertion_type: CLIENT_ASSERTION_TYPE }
const exchange = {
  grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
  subject_token_type: 'urn:ietf:params:oauth:token-type:access_token',
}

const PLACES: Record<string, Send> = {
  'id_token_hint of /authorize': form('/authorize', 'id_token_hint', authorize),
  'request of /authorize': form('/authorize', 'request', authorize),
  'id_token_hint of /end_session': form('/end_session', 'id_token_hint'),
  'request of /par': form('/par', 'request', { client_id: 'demo-spa' }),
  'client_assertion of /par': form('/par', 'client_assertion', { ...authorize, ...assertion }),
  'client_assertion of /token': form('/token', 'client_assertion', {
    grant_type: 'client_credentials',
    ...assertion,
  }),
  'assertion of /token': form('/token', 'assertion', {
    grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
  }),
  'refresh_token of /token': form('/token', 'refresh_token', { grant_type: 'refresh_token' }, client),
  'subject_token of /token': form('/token', 'subject_token', exchange, client),
  'client_assertion of /device_authorization': form('/device_authorization', 'client_assertion', assertion),
  'token of /introspect': form('/introspect', 'token', {}, client),
  'token of /revoke': form('/revoke', 'token', {}, client),
  'access_token of /userinfo': form('/userinfo', 'access_token'),
  'the bearer token of /me': (issuer, text) => issuer.get('/me', bearer(text)),
  'the bearer token of /register/:id': (issuer, text) => issuer.get('/register/demo-web', bearer(text)),
  'the proof at /token': (issuer, text) =>
    issuer.token({ grant_type: 'client_credentials' }, { ...client, dpop: text }),
  'refresh_token of /refresh': (issuer, text) => issuer.postJson('/refresh', { refresh_token: text }),
  'software_statement of /register': (issuer, text) =>
    issuer.postJson('/register', { redirect_uris: ['https://app.test/'], software_statement: text }),
}

describe('the longest token a request can hold is soon refused, as', () => {
  test.each(Object.entries(PLACES))('%s', { timeout: 300_000 }, async (_place, send) => {
    const issuer = await openIssuer()
    for (const [what, text] of Object.entries(TEXTS)) {
      const began = performance.now()
      const answer = await send(issuer, text)
      expect(performance.now() - began, what).toBeLessThan(NO_LINEAR_WORK_TAKES_MS)
      expect(answer, what).toMatchObject({ status: expect.toSatisfy((status: number) => status < 500) })
    }
    expect(issuer.log).toEqual([])
  })
})
