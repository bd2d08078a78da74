import { describe, expect, test } from 'vitest'
import { formPairs, hexDump, readBody } from '../../shared/flow/body.ts'
import { aForm, aMessage, someJson } from './an-exchange.ts'

const sent = (contentType: string | null, body: string) =>
  readBody(aMessage({ headers: contentType === null ? [] : [['Content-Type', contentType]], body }))

describe('a body is read as', () => {
  test('a form, duplicates and odd pairs included', () => {
    const { content, problem } = readBody(aForm('scope=openid+read&x=%C3%A9&x&=v&bad=%FF'))
    expect(content).toEqual({
      kind: 'form',
      pairs: [
        { name: 'scope', value: 'openid read', problem: null },
        { name: 'x', value: 'é', problem: null },
        { name: 'x', value: '', problem: null },
        { name: '', value: 'v', problem: null },
        { name: 'bad', value: '%FF', problem: 'not valid percent-encoded UTF-8, shown as sent' },
      ],
    })
    expect(problem).toBeNull()
  })

  test('JSON, with any +json type and parameters', () => {
    expect(sent('Application/Problem+JSON; charset=utf-8', '[1]')).toMatchObject({
      content: { kind: 'json', value: [1] },
      mediaType: 'application/problem+json',
      problem: null,
    })
    expect(sent('application/json', '"text"').content).toEqual({ kind: 'json', value: 'text' })
  })

  test('nothing, text, or bytes', () => {
    expect(sent(null, '').content.kind).toBe('none')
    expect(sent('text/plain', '12').content.kind).toBe('text')
    const binary = readBody(aMessage({ body: 'AP8=', encoding: 'base64', bytes: 2 }))
    expect(binary.content).toEqual({ kind: 'binary', bytes: Uint8Array.of(0, 255) })
  })
})

test.each([
  ['application/json', '{"a":', 'Sent as application/json, but it is not JSON.'],
  [
    'application/x-www-form-urlencoded',
    '{"a":1}',
    'Sent as application/x-www-form-urlencoded, but it looks like JSON.',
  ],
  ['text/plain', '{"a":1}', 'Sent as text/plain, but it is JSON.'],
  [null, '{"a":1}', 'Sent without a Content-Type.'],
])('%s with %s: %s', (contentType, body, problem) => {
  expect(sent(contentType, body).problem).toBe(problem)
})

test('a cut body is known by its size on the wire, counted in bytes and not in characters', () => {
  expect(readBody(aForm('n=Zoë')).cut).toBe(false)
  expect(readBody({ ...aForm('n=Zoë'), bytes: 7 })).toMatchObject({ cut: true, kept: 6 })
  expect(readBody({ ...someJson({ a: 1 }), body: '{"a":', bytes: 7 })).toMatchObject({
    content: { kind: 'text' },
    problem: null,
  })
})

test('a query is a form', () => {
  expect(formPairs('a=1&&b=2')).toHaveLength(2)
})

test('a hex dump shows offset, bytes and printable characters, up to its limit', () => {
  const bytes = Uint8Array.from({ length: 20 }, (_, index) => 0x41 + index)
  expect(hexDump(bytes, 10)).toBe(
    '000000  41 42 43 44 45 46 47 48  ABCDEFGH\n000008  49 4a                    IJ',
  )
})
