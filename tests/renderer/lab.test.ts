import { describe, expect, test } from 'vitest'
import { type Outcome, outcomeLook, summaryOf } from '../../renderer/features/jwt-lab/attack.ts'
import { type Known, placeAt, suggest } from '../../renderer/features/jwt-lab/editor/completion.ts'
import { partSpans } from '../../renderer/features/jwt-lab/editor/token-colours.ts'
import { needsConfirmation } from '../../renderer/features/jwt-lab/outside-target.tsx'
import { timeHelpers, withTime } from '../../renderer/features/jwt-lab/time-helpers.ts'
import { createLab } from '../../renderer/stores/lab.ts'
import { compactJson, draftOf } from '../../renderer/stores/lab-draft.ts'
import { openLinkedTokens } from '../../renderer/stores/lab-link.ts'
import { type Address, createNavigation } from '../../renderer/stores/navigation.ts'
import type { ContractClient } from '../../shared/contract/client.ts'
import { diffClaims } from '../../shared/protocol/claim-diff.ts'
import { claimMeaning, parameterMeaning, valueMeaning } from '../../shared/protocol/claim-meanings.ts'
import { decodeToken } from '../../shared/protocol/jose.ts'

const part = (value: unknown) =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url')
const jwt = (claims: unknown) => `${part({ alg: 'ES256' })}.${part(claims)}.c2ln`

const known: Known = {
  now: 1000,
  issuers: ['http://127.0.0.1:4400'],
  users: ['alice', 'bob'],
  clients: ['demo-spa'],
  scopes: ['read', 'write'],
  kids: ['k1'],
  algorithms: ['ES256'],
}

/** Suggestions where the text has a |. */
const at = (where: 'header' | 'claims', text: string) =>
  suggest(where, text.replace('|', ''), text.indexOf('|'), known)
const labels = (where: 'header' | 'claims', text: string) =>
  at(where, text)?.options.map(({ label }) => label) ?? []

describe('completion', () => {
  test('knows whether a name or a value is wanted', () => {
    const kind = (text: string) => placeAt(text.replace('|', ''), text.indexOf('|'))?.kind ?? null
    expect(kind('{|}')).toBe('name')
    expect(kind('{"a|')).toBe('name')
    expect(kind('{"a":|}')).toBe('value')
    expect(kind('{"a": "x|')).toBe('value')
    expect(kind('{"a":1,|}')).toBe('name')
    expect(kind('{"a":["x",|]}')).toBe('value')
    expect(kind('{"a":1 |}')).toBeNull()
    expect(kind('|')).toBeNull()
  })

  test('offers registered names that are not there yet, with their meaning', () => {
    expect(labels('claims', '{"su|')).toEqual(['sub', 'sub_jwk'])
    expect(labels('claims', '{"sub":"x","iss|"}')).toEqual(['iss'])
    expect(labels('claims', '{"sub":"x","su|"}')).toEqual(['sub_jwk'])
    expect(labels('header', '{"ki|"}')).toEqual(['kid'])
    expect(at('claims', '{"ex|"}')!.options[0]).toMatchObject({
      insert: '"exp": ',
      detail: expect.stringContaining('7519'),
    })
    expect(labels('claims', '{"act":{"su|"}}')).toEqual([])
  })

  test('offers what the workspace knows as values', () => {
    expect(labels('claims', '{"sub":"a|"}')).toEqual(['alice'])
    expect(labels('claims', '{"iss":|}')).toEqual(['http://127.0.0.1:4400'])
    expect(labels('claims', '{"scope":"|"}')).toEqual(['read write', 'read', 'write'])
    expect(labels('claims', '{"amr":["pw|"]}')).toEqual(['pwd'])
    expect(labels('header', '{"alg":"|"}')).toEqual(['ES256', 'none'])
    expect(labels('header', '{"kid":|}')).toEqual(['k1'])
  })

  test('replaces what was typed, quotes and all', () => {
    const text = '{"sub":"al"}'
    const found = suggest('claims', text, text.indexOf('al') + 2, known)!
    expect(text.slice(0, found.from) + found.options[0]!.insert + text.slice(found.to)).toBe(
      '{"sub":"alice"}',
    )
  })

  test('offers moments for times, as numbers', () => {
    const options = at('claims', '{"exp":|}')!.options
    expect(options.map(({ label, insert }) => [label, insert])).toContainEqual(['in 5 minutes', '1300'])
    expect(options.map(({ label, insert }) => [label, insert])).toContainEqual(['a minute ago', '940'])
  })
})

describe('times', () => {
  const helper = (label: string) => timeHelpers.find((one) => one.label === label)!

  test('are set on the issuer’s clock, and leave the rest', () => {
    expect(withTime('{"sub":"x","exp":1,"nbf":2}', helper('Issued now, for 5 minutes'), 5_000_999)).toBe(
      JSON.stringify({ sub: 'x', exp: 5300, iat: 5000 }, null, 2),
    )
    expect(withTime('', helper('Expired a minute ago'), 1_000_000)).toContain('"exp": 940')
    expect(withTime('{"exp":1}', helper('Never expires'), 0)).toBe('{}')
  })

  test('need an object to be set in', () => {
    expect(withTime('[1]', helper('Never expires'), 0)).toBeNull()
  })
})

describe('the draft of a token', () => {
  test('lays JSON out, and signs it without the spaces', () => {
    const draft = draftOf(decodeToken(jwt({ a: 1, b: ['x y'] })))
    expect(draft.payload).toBe('{\n  "a": 1,\n  "b": [\n    "x y"\n  ]\n}')
    expect(compactJson(draft.payload)).toBe('{"a":1,"b":["x y"]}')
  })

  test('shows what JSON would lose as it was signed, and signs it to the letter', () => {
    for (const text of ['{"a":1,"a":2}', '{"a":1.0}', '{"a":"\\u00fc"}']) {
      const draft = draftOf(decodeToken(`${part({ alg: 'ES256' })}.${part(text)}.c2ln`))
      expect(draft.payload).toBe(text)
      expect(compactJson(draft.payload)).toBe(text)
    }
  })
})

test('the parts of a token are found in the text around it', () => {
  const token = 'aa.bbb.c'
  expect(partSpans(`Bearer ${token} x`, token)).toEqual([
    { from: 7, to: 9, part: 'header' },
    { from: 10, to: 13, part: 'payload' },
    { from: 14, to: 15, part: 'signature' },
  ])
  expect(partSpans('opaque', 'opaque')).toEqual([])
  expect(partSpans('x', token)).toEqual([])
})

test('claims are compared member by member, into objects, whatever their order', () => {
  const before = { sub: 'x', address: { country: 'DE', city: 'Köln' }, aud: ['a', 'b'], gone: null }
  const after = { address: { city: 'Bonn', country: 'DE' }, aud: ['a', 'b'], sub: 'x', new: 1 }
  expect(diffClaims(before, after).filter(({ change }) => change !== 'same')).toEqual([
    { path: 'address.city', change: 'changed', before: 'Köln', after: 'Bonn' },
    { path: 'gone', change: 'removed', before: null, after: undefined },
    { path: 'new', change: 'added', before: undefined, after: 1 },
  ])
})

test('a claim, a parameter and a registered value have a meaning; others have none', () => {
  expect(claimMeaning('cnf')).toContain('RFC 7800')
  expect(parameterMeaning('crit')).toContain('RFC 7515')
  expect(valueMeaning('typ', 'application/at+jwt')).toContain('RFC 9068')
  expect(valueMeaning('amr', ['pwd', 'otp', 'own'])).toBe('password, one-time password, not registered')
  for (const name of ['constructor', '__proto__', 'mine']) expect(claimMeaning(name)).toBeNull()
})

describe('an attack', () => {
  const outcome = (changes: Partial<Outcome>): Outcome => ({
    kind: 'answered',
    right: 'refuse',
    status: 401,
    reason: '',
    ...changes,
  })

  test('is judged by what a right API says', () => {
    const tone = (changes: Partial<Outcome>) => outcomeLook(outcome(changes)).tone
    expect(tone({})).toBe('good')
    expect(tone({ status: 200 })).toBe('bad')
    expect(tone({ status: 500 })).toBe('bad')
    expect(tone({ right: 'survive', status: 200 })).toBe('good')
    expect(tone({ right: 'survive', status: 503 })).toBe('bad')
    expect(tone({ kind: 'unfit', status: null })).toBe('muted')
  })

  test('is summed up in a sentence', () => {
    expect(summaryOf([])).toBe('')
    expect(summaryOf([outcome({}), outcome({ kind: 'unfit' })])).toBe(
      'The API did right with all 1. 1 could not be judged.',
    )
    expect(summaryOf([outcome({}), outcome({ status: 200 })])).toBe('The API did wrong with 1 of 2.')
  })

  test('on another machine wants to be confirmed', () => {
    for (const url of ['https://api.example.com', 'http://10.0.0.1/', 'http://localhost.example.com'])
      expect(needsConfirmation(url)).toBe(true)
    for (const url of [
      'http://127.0.0.1:4400/me',
      'http://localhost:3000',
      'http://[::1]:80/',
      'http://app.localhost',
    ])
      expect(needsConfirmation(url)).toBe(false)
  })
})

describe('the lab', () => {
  /** A core whose answers come when the test says. */
  function slowCore() {
    const asked: { name: string; input: { token?: string }; answer: (value: unknown) => void }[] = []
    const call = (name: string, input: { token?: string }) =>
      new Promise((answer) => asked.push({ name, input, answer }))
    return { asked, lab: createLab({ call } as unknown as ContractClient) }
  }
  const settled = () => new Promise((resolve) => setImmediate(resolve))

  test('reads at once, and of two answers takes the one to the newest question', async () => {
    const { asked, lab } = slowCore()
    lab.setText(jwt({ sub: 'first' }))
    lab.setText(`Bearer ${jwt({ sub: 'second' })}`)
    expect(lab.store.getState()).toMatchObject({ checking: true, decoded: { claims: { sub: 'second' } } })
    asked[1]!.answer({ token: 'second' })
    asked[0]!.answer({ token: 'first' })
    await settled()
    expect(lab.store.getState()).toMatchObject({ checking: false, inspection: { token: 'second' } })
  })

  test('remembers what is pasted, but no opaque text and not every key pressed', () => {
    const { asked, lab } = slowCore()
    lab.setText('hunter2-is-my-password', true)
    lab.setText(jwt({}), false)
    expect(asked.map(({ name }) => name)).not.toContain('lab.remember')
    lab.setText(jwt({ sub: 'x' }), true)
    expect(asked.map(({ name }) => name)).toContain('lab.remember')
    lab.setKeepHistory(false)
    const before = asked.length
    lab.setText(jwt({ sub: 'y' }), true)
    expect(asked.slice(before).map(({ name }) => name)).toEqual(['lab.inspect'])
  })

  test('takes a pasted key for a key, and keeps the token', () => {
    const { lab } = slowCore()
    lab.setText(jwt({ sub: 'x' }))
    lab.setText('{"kty":"EC","crv":"P-256","x":"x","y":"y"}', true)
    const { verify, decoded } = lab.store.getState()
    expect(verify).toMatchObject({ kind: 'key', text: expect.stringContaining('P-256') })
    expect(decoded?.claims).toEqual({ sub: 'x' })
  })

  test('a link with a token is taken out of the address at once', () => {
    const { lab } = slowCore()
    const token = jwt({ sub: 'linked' })
    let fragment = `#/lab?token=${token}&tab=edit`
    const address: Address = {
      fragment: () => fragment,
      push: (next) => {
        fragment = next
      },
      replace: (next) => {
        fragment = next
      },
      onChange: () => () => {},
    }
    openLinkedTokens(createNavigation(address), lab)
    expect(fragment).toBe('#/lab?tab=edit')
    expect(lab.store.getState().decoded?.token).toBe(token)
  })
})
