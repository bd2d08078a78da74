import { expect, test } from 'vitest'
import { changesOf, draftOf } from '../../renderer/features/traces/replay-draft.ts'
import { aForm, aMessage, anExchange } from '../flow/an-exchange.ts'

const exchange = anExchange({
  request: {
    ...aForm('a=b'),
    headers: [
      ['content-type', 'application/x-www-form-urlencoded'],
      ['content-length', '3'],
      ['host', '127.0.0.1:4400'],
      ['x-colon', 'a:b'],
    ],
  },
})

test('a draft nobody touched sends the request as it was, but for what a client counts itself', () => {
  expect(changesOf(exchange, draftOf(exchange))).toEqual({
    headers: [
      ['content-type', 'application/x-www-form-urlencoded'],
      ['host', '127.0.0.1:4400'],
      ['x-colon', 'a:b'],
    ],
    body: 'a=b',
  })
})

test('changes go along; a header without a colon has no value, an empty line is none', () => {
  const draft = { method: 'GET', target: ' /items ', headers: 'x-a:b\n\n x-none \n', body: '' }
  expect(changesOf(exchange, draft)).toEqual({
    method: 'GET',
    target: '/items',
    headers: [
      ['x-a', 'b'],
      ['x-none', ''],
    ],
    body: '',
  })
})

test('a body that is not text stays as it was', () => {
  const binary = anExchange({ request: aMessage({ body: 'AP8=', encoding: 'base64', bytes: 2 }) })
  expect(draftOf(binary).body).toBeNull()
  expect(changesOf(binary, draftOf(binary))).toEqual({ headers: [] })
})
