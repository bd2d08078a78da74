import { describe, expect, test } from 'vitest'
import { redirectListener } from '../../electron/host/redirect-listener.ts'
import { whyUnreachable } from '../../electron/server/unreachable.ts'

// Why no answer came, for people who do not know the codes of their system.

const failureOf = (url: string): Promise<unknown> =>
  fetch(url).then(
    () => null,
    (error: unknown) => error,
  )

describe('why no answer came', () => {
  test('of a port nobody listens at', async () => {
    const url = `http://127.0.0.1:${await redirectListener.freePort()}/`
    expect(whyUnreachable(await failureOf(url))).toBe('nothing listens there (ECONNREFUSED)')
  })

  test('of a port that is kept from browsers', async () => {
    expect(whyUnreachable(await failureOf('http://127.0.0.1:9/'))).toBe(
      'no client asks this port by HTTP: it belongs to another protocol',
    )
  })

  test.each([
    ['ENOTFOUND', 'no host of this name is known (ENOTFOUND)'],
    ['CERT_HAS_EXPIRED', 'its certificate has expired (CERT_HAS_EXPIRED)'],
    ['EOTHER', 'as the system says it'],
  ])('with the code %s', (code, words) => {
    const cause = Object.assign(new Error('as the system says it'), { code })
    expect(whyUnreachable(new TypeError('fetch failed', { cause }))).toBe(words)
  })

  test('of several addresses of a name', () => {
    const refused = Object.assign(new Error('connect'), { code: 'ECONNREFUSED' })
    const cause = new AggregateError([refused, refused])
    expect(whyUnreachable(new TypeError('fetch failed', { cause }))).toBe(
      'nothing listens there (ECONNREFUSED)',
    )
  })

  test('of what is no error', () => {
    expect(whyUnreachable('odd')).toBe('odd')
  })
})
