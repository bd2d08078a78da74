import { describe, expect, test } from 'vitest'
import { readPaste } from '../../shared/protocol/token-source.ts'
import { examplesOf, type JwsExample } from './vectors.ts'

const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
const jwt = (claims: unknown) => `${part({ alg: 'ES256' })}.${part(claims)}.c2ln`
const access = jwt({ sub: 'access' })
const id = jwt({ sub: 'id' })
const jwe = `${part({ alg: 'dir', enc: 'A256GCM' })}..aXY.Y2lwaGVy.dGFn`

const tokensOf = (text: string) => readPaste(text).tokens.map(({ token }) => token)
const placesOf = (text: string) => readPaste(text).tokens.map(({ place }) => place)

describe('one token, found in', () => {
  const rows: [string, string, string?][] = [
    ['nothing else', access],
    ['a Bearer prefix', `Bearer ${access}`],
    ['a whole header line', `authorization: bearer ${access}`],
    ['a DPoP header', `Authorization: DPoP ${access}`],
    ['double quotes and a comma', `"${access}",`],
    ['single quotes', `'${access}'`],
    ['backticks', `\`${access}\``],
    ['JSON', JSON.stringify({ access_token: access, expires_in: 900 })],
    ['nested JSON', JSON.stringify({ data: [{ auth: { value: `Bearer ${access}` } }] }, null, 2)],
    ['a URL query', `https://app.test/cb?access_token=${access}&state=x.y.z`],
    ['a URL fragment', `https://app.test/cb#id_token=${access}&state=1`],
    ['a form body', `grant_type=refresh_token&refresh_token=${access}`],
    ['a cookie header', `Cookie: theme=dark; session=${access}; lang=de`],
    ['a Set-Cookie header', `Set-Cookie: session=${access}; HttpOnly; Path=/`],
    ['a curl command', `curl -H 'Authorization: Bearer ${access}' http://127.0.0.1:4400/me`],
    ['a log line', `2031-04-06 12:00:00.123 INFO got token ${access}.`],
    ['lines of 40 characters', access.match(/.{1,40}/g)!.join('\n')],
    ['a JWE', jwe, jwe],
    ['a JWE in a header', `Authorization: Bearer ${jwe}`, jwe],
  ]
  test.each(rows)('%s', (_where, text, expected = access) => {
    expect(tokensOf(text)).toEqual([expected])
  })

  test('an unsecured token keeps its last dot', () => {
    const unsecured = `${part({ alg: 'none' })}.${part({ sub: 'x' })}.`
    expect(tokensOf(`token: ${unsecured}`)).toEqual([unsecured])
  })

  test('an SD-JWT keeps its disclosures and its last tilde', () => {
    const { sdJwt } = examplesOf<Record<'5.1', { sdJwt: string }>>('rfc9901')['5.1']
    expect(tokensOf(sdJwt)).toEqual([sdJwt])
    expect(tokensOf(`vp_token=${sdJwt}&state=1`)).toEqual([sdJwt])
    expect(tokensOf(JSON.stringify({ credential: sdJwt }))).toEqual([sdJwt])
  })

  test('a JWS in JSON is one token, also inside other JSON', () => {
    const { jws } = examplesOf<Record<string, JwsExample>>('rfc7515')['A.6']!
    expect(tokensOf(JSON.stringify(jws, null, 2))).toEqual([JSON.stringify(jws, null, 2)])
    expect(tokensOf(JSON.stringify({ request: jws }))).toEqual([JSON.stringify(jws)])
  })

  test('an opaque token is known by its name', () => {
    expect(tokensOf(JSON.stringify({ access_token: 'gho_16C7e42F292c6912' }))).toEqual([
      'gho_16C7e42F292c6912',
    ])
    expect(tokensOf('Authorization: Bearer gho_16C7e42F292c6912')).toEqual(['gho_16C7e42F292c6912'])
    expect(tokensOf('https://app.test/cb#access_token=gho_16C7e42F292c6912&x=1')).toEqual([
      'gho_16C7e42F292c6912',
    ])
    expect(tokensOf('gho_16C7e42F292c6912')).toEqual(['gho_16C7e42F292c6912'])
  })
})

describe('several tokens', () => {
  test('of a token response, each with its name', () => {
    const text = JSON.stringify({ access_token: access, id_token: id, refresh_token: 'opaque-refresh' })
    expect(tokensOf(text)).toEqual([access, id, 'opaque-refresh'])
    expect(placesOf(text)).toEqual(['access_token', 'id_token', 'refresh_token'])
  })

  test('of a URL fragment, each with its name', () => {
    expect(placesOf(`https://app.test/#access_token=${access}&id_token=${id}`)).toEqual([
      'access_token',
      'id_token',
    ])
  })

  test('one under the other', () => {
    expect(tokensOf(`${access}\n${id}`)).toEqual([access, id])
  })

  test('the same twice is one', () => {
    expect(tokensOf(`${access}\n${access}`)).toEqual([access])
  })

  test('of a HAR file, named by the request they went with', () => {
    const header = (name: string, value: string) => ({ name, value })
    const har = {
      log: {
        version: '1.2',
        entries: [
          {
            request: {
              method: 'POST',
              url: 'https://login.test/token',
              headers: [header('Accept', '*/*')],
              postData: { mimeType: 'x', text: 'grant_type=refresh_token&refresh_token=opaque-refresh' },
            },
            response: {
              headers: [],
              content: {
                text: Buffer.from(JSON.stringify({ access_token: access })).toString('base64'),
                encoding: 'base64',
              },
            },
          },
          {
            request: {
              method: 'GET',
              url: 'https://api.test/me?x=1',
              headers: [header('Authorization', `Bearer ${id}`)],
            },
            response: { headers: [header('Set-Cookie', `s=${access}`)], content: {} },
          },
        ],
      },
    }
    expect(readPaste(JSON.stringify(har)).tokens).toEqual([
      { token: 'opaque-refresh', place: 'POST /token: request body refresh_token' },
      { token: access, place: 'POST /token: response body access_token' },
      { token: id, place: 'GET /me: Authorization' },
    ])
  })
})

describe('a key is no token', () => {
  test.each([
    ['a JWK', JSON.stringify({ kty: 'EC', crv: 'P-256', x: 'x', y: 'y' })],
    ['a JWK Set', JSON.stringify({ keys: [{ kty: 'RSA', n: 'n', e: 'AQAB' }] })],
    ['PEM', '-----BEGIN PUBLIC KEY-----\nMFkw\n-----END PUBLIC KEY-----'],
  ])('%s', (_what, text) => {
    expect(readPaste(`\n${text} `)).toEqual({ tokens: [], key: text })
  })
})

describe('anything', () => {
  test('nothing is nothing', () => {
    expect(readPaste('  \n')).toEqual({ tokens: [], key: null })
  })

  test('is read in no long time, however long', () => {
    const long = [
      'a.'.repeat(200_000),
      'eyJ'.repeat(200_000),
      'eyJ.'.repeat(150_000),
      '{"'.repeat(200_000),
      'token='.repeat(100_000),
      '~'.repeat(300_000),
      ' eyJ'.repeat(100_000),
    ]
    for (const text of long) {
      const began = performance.now()
      readPaste(text)
      expect(performance.now() - began).toBeLessThan(1_500)
    }
  })
})
