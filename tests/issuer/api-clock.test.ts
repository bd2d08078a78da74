import { expect, test } from 'vitest'
import { basic, bearer, openIssuer } from '../support/issuer.ts'

test('the sample API judges expiry by its own clock, and nobody else does', async () => {
  const issuer = await openIssuer({ workspace: { settings: { accessTokenLifetime: 60 } } })
  const { access_token } = await issuer.login('alice', { scope: 'openid read' })
  const statusOf = async (path: string) => (await issuer.get(path, bearer(access_token))).status
  const everywhere = async () => [
    await statusOf('/me'),
    await statusOf('/items'),
    await statusOf('/userinfo'),
  ]
  expect(await everywhere()).toEqual([200, 200, 200])

  await issuer.call('settings.update', { apiClockSkew: 59 })
  expect(await everywhere()).toEqual([200, 200, 200])
  await issuer.call('settings.update', { apiClockSkew: 60 })
  expect(await statusOf('/me')).toBe(401)
  expect((await issuer.failedCheck()).observed).toMatch(
    /the API's clock, 60 s ahead, says 2031-04-06T12:01:00/,
  )
  expect(await everywhere()).toEqual([401, 401, 200])
  const { body } = await issuer.postForm(
    '/introspect',
    { token: access_token },
    basic('demo-web', 'demo-web-secret'),
  )
  expect(body.active).toBe(true)

  await issuer.call('settings.update', { apiClockSkew: -30 })
  issuer.clock.advance(89)
  expect(await everywhere()).toEqual([200, 200, 401])
  issuer.clock.advance(1)
  expect(await everywhere()).toEqual([401, 401, 401])
})
