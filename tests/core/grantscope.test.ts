import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createGrantscope, type Grantscope } from '../../electron/server/index.ts'
import { ISSUER, testOptions } from '../support/core.ts'

const login = () =>
  new Request(`${ISSUER}/token`, {
    method: 'POST',
    body: new URLSearchParams({ grant_type: 'password', username: 'alice', password: 'wonderland' }),
  })

describe('an embedded issuer', () => {
  let grantscope: Grantscope

  beforeEach(async () => {
    grantscope = await createGrantscope(testOptions)
  })
  afterEach(() => grantscope.close())

  test('answers requests and calls without a socket', async () => {
    expect((await grantscope.provider(login())).status).toBe(200)
    const envelope = await grantscope.dispatch('users.get', { id: 'alice' })
    expect(envelope).toMatchObject({ ok: true, value: { username: 'alice' } })
  })

  test('two of them share nothing', async () => {
    const other = await createGrantscope(testOptions)
    await grantscope.dispatch('users.delete', { id: 'alice' })
    expect((await other.provider(login())).status).toBe(200)
    expect((await grantscope.provider(login())).status).toBe(400)
    await other.close()
  })

  test('closing waits for what is being answered', async () => {
    const answer = grantscope.provider(login())
    const envelope = grantscope.dispatch('users.create', { username: 'frank', password: 'x' })
    await grantscope.close()
    expect((await answer).status).toBe(200)
    expect(await envelope).toMatchObject({ ok: true, value: { id: 'frank' } })
  })

  test('closed it refuses cleanly, as often as it is asked', async () => {
    await Promise.all([grantscope.close(), grantscope.close()])
    const response = await grantscope.provider(login())
    expect(response.status).toBe(503)
    expect(await response.json()).toMatchObject({ error: 'temporarily_unavailable' })
    const error = { code: 'unreachable', message: 'Grantscope is closed.' }
    expect(await grantscope.dispatch('users.list', {})).toEqual({ ok: false, error })
    await grantscope.close()
  })
})
