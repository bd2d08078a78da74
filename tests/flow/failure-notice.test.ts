import { expect, test } from 'vitest'
import { createFailureNotices } from '../../shared/flow/failure-notice.ts'
import { anExchange } from './an-exchange.ts'

const refused = (id: number) =>
  anExchange({
    id,
    method: 'POST',
    target: '/token?client_secret=hush',
    status: 400,
    error: 'invalid_grant',
    clientId: 'demo-spa',
    userId: 'alice',
  })

test('a refusal is told with its path, never its query, and who it was', () => {
  const noticeOf = createFailureNotices(() => 0)
  expect(noticeOf(refused(7))).toEqual({
    title: 'POST /token refused: 400 invalid_grant',
    body: 'demo-spa · alice',
    exchangeId: 7,
  })
})

test('what went well is not told, and does not use up the turn', () => {
  const noticeOf = createFailureNotices(() => 0)
  expect(noticeOf(anExchange({ status: 200, error: null }))).toBeNull()
  expect(noticeOf(refused(1))).not.toBeNull()
})

test('of a burst one is told, and the next after a while counts the others', () => {
  let now = 0
  const noticeOf = createFailureNotices(() => now)
  expect(noticeOf(refused(1))).not.toBeNull()
  for (const id of [2, 3, 4]) expect(noticeOf(refused(id))).toBeNull()
  now = 20_000
  expect(noticeOf(refused(5))).toMatchObject({
    exchangeId: 5,
    body: 'demo-spa · alice (3 more since the last notice)',
  })
  now = 40_000
  expect(noticeOf(refused(6))?.body).toBe('demo-spa · alice')
})
