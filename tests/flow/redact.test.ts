import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { redactExchange, redactHeader, redactText } from '../../shared/flow/redact.ts'
import { aForm, aJwt, anExchange, someJson } from './an-exchange.ts'

describe('a body', () => {
  test.each([
    [
      'a form',
      'grant_type=password&username=alice&password=a+b%26c',
      'grant_type=password&username=alice&password=REDACTED',
    ],
    ['a form with an encoded name', 'pass%77ord=secret&x=1', 'pass%77ord=REDACTED&x=1'],
    ['a form sent without encoding', 'password=my secret "word"&x=1', 'password=REDACTED&x=1'],
    ['JSON', '{"username":"alice","password":"q\\"uote"}', '{"username":"alice","password":"REDACTED"}'],
    [
      'nested JSON in camel case',
      '{"a":[{"refreshToken":"r","n":1}]}',
      '{"a":[{"refreshToken":"REDACTED","n":1}]}',
    ],
    ['a code as a number', '{"code":123456}', '{"code":"REDACTED"}'],
    [
      'JSON that was cut inside a value',
      '{"user":"alice","password":"wonderl',
      '{"user":"alice","password":"REDACTED"',
    ],
    ['an escaped name in JSON', '{"p\\u0061ssword":"wonderland"}', '{"password":"REDACTED"}'],
    ['a form inside JSON', '{"body":"password=wonderland&a=1"}', '{"body":"password=REDACTED&a=1"}'],
  ])('%s loses its secrets and nothing else', (_, sent, redacted) => {
    expect(redactText(sent)).toBe(redacted)
  })

  test('multipart loses the value of a secret part, over several lines', () => {
    const sent = '--x\r\nContent-Disposition: form-data; name="password"\r\n\r\nwonder\r\nland\r\n--x--'
    expect(redactText(sent)).toBe(
      '--x\r\nContent-Disposition: form-data; name="password"\r\n\r\nREDACTED\r\n--x--',
    )
  })

  test('a JWT goes wherever it stands, whatever it is called', () => {
    expect(redactText(`{"note":"see ${aJwt({ sub: 'alice' })} there"}`)).toBe('{"note":"see REDACTED there"}')
    expect(redactText(`cut: ${aJwt({ sub: 'alice' }).slice(0, 50)}`)).toBe('cut: REDACTED')
  })

  test('what holds no secret stays as it was sent, spacing and all', () => {
    const sent = '{ "error": "invalid_grant",\n  "scope": "read write", "password": "" }'
    expect(redactText(sent)).toBe(sent)
  })

  test('no secret survives in a form or in JSON, whatever its characters', () => {
    const secret = fc.string({ minLength: 8, unit: 'binary' }).map((text) => `~${text}~`)
    fc.assert(
      fc.property(secret, (password) => {
        const form = new URLSearchParams({ username: 'alice', password, scope: 'read' }).toString()
        expect(redactText(form)).toBe('username=alice&password=REDACTED&scope=read')
        expect(JSON.parse(redactText(JSON.stringify({ client_secret: password, n: 1 })))).toEqual({
          client_secret: 'REDACTED',
          n: 1,
        })
      }),
    )
  })
})

describe('a header', () => {
  test.each([
    ['Authorization', 'Bearer abc.def', 'Bearer REDACTED'],
    ['authorization', 'Basic ZGVtbzpzZWNyZXQ=', 'Basic REDACTED'],
    ['Authorization', 'abc', 'REDACTED'],
    ['Cookie', 'session_id=abc; theme=dark', 'session_id=REDACTED; theme=REDACTED'],
    ['Set-Cookie', 'session_id=abc; Path=/; HttpOnly', 'session_id=REDACTED; Path=/; HttpOnly'],
    ['DPoP', 'proof', 'REDACTED'],
    ['Location', 'http://app/cb?code=abc&state=1', 'http://app/cb?code=REDACTED&state=1'],
    ['WWW-Authenticate', 'Bearer error="invalid_token"', 'Bearer error="invalid_token"'],
  ])('%s: %s', (name, value, redacted) => {
    expect(redactHeader(name, value)).toBe(redacted)
  })
})

test('the codes of a device are taken out, also from the address its user is sent to', () => {
  const uri = 'http://127.0.0.1:4400/device'
  const answer = {
    device_code: 'GmRhm',
    user_code: 'WDJB-MJHT',
    verification_uri: uri,
    verification_uri_complete: `${uri}?user_code=WDJB-MJHT`,
    interval: 5,
  }
  expect(JSON.parse(redactText(JSON.stringify(answer)))).toEqual({
    device_code: 'REDACTED',
    user_code: 'REDACTED',
    verification_uri: uri,
    verification_uri_complete: `${uri}?user_code=REDACTED`,
    interval: 5,
  })
})

test('an exchange is redacted in URL, headers and both bodies, and is not changed itself', () => {
  const exchange = anExchange({
    url: 'http://bob:builder@127.0.0.1/cb?code=abc&state=1#access_token=zz',
    target: '/cb?code=abc&state=1',
    request: aForm('password=wonderland'),
    response: someJson({ access_token: 'opaque', token_type: 'Bearer' }),
  })
  const before = structuredClone(exchange)
  const { url, target, request, response } = redactExchange(exchange)
  expect(url).toBe('http://REDACTED@127.0.0.1/cb?code=REDACTED&state=1#access_token=REDACTED')
  expect(target).toBe('/cb?code=REDACTED&state=1')
  expect(request.body).toBe('password=REDACTED')
  expect(response.body).toBe('{"access_token":"REDACTED","token_type":"Bearer"}')
  expect(exchange).toEqual(before)
})
