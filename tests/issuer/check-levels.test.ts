import { describe, expect, test } from 'vitest'
import type { CheckLevels } from '../../shared/contract/values.ts'
import { authorizationQuery } from '../support/browser.ts'
import { type Issuer, openIssuer } from '../support/issuer.ts'

const RULE = 'authorize.pkce-present'

/** What becomes of a silent authorization request of demo-spa, a public client, without PKCE. */
async function outcomeOf(issuer: Issuer): Promise<string | undefined> {
  const parameters = { code_challenge: '', code_challenge_method: '', prompt: 'none' }
  const { status } = await issuer.get(`/authorize?${authorizationQuery(parameters)}`)
  const { verdicts } = await issuer.lastExchange()
  expect(status).toBe(303)
  return verdicts.find(({ check }) => check === RULE)?.outcome
}

const setIssuer = ({ call }: Issuer, checkLevels: CheckLevels) => call('settings.update', { checkLevels })
const setClient = ({ call }: Issuer, changes: object) => call('clients.update', { id: 'demo-spa', changes })

describe('the level of a check', () => {
  test("is the issuer's profile's, unless the issuer says another", async () => {
    const issuer = await openIssuer({ workspace: { settings: { profile: 'strict' } } })
    expect(await outcomeOf(issuer)).toBe('failed')
    await setIssuer(issuer, { [RULE]: 'warn' })
    expect(await outcomeOf(issuer)).toBe('warned')
    await setIssuer(issuer, { [RULE]: 'off' })
    expect(await outcomeOf(issuer)).toBeUndefined()
  })

  test("is the client's own before all, and the issuer's beside that", async () => {
    const issuer = await openIssuer({ workspace: { settings: { checkLevels: { [RULE]: 'off' } } } })
    await setClient(issuer, { checkLevels: { [RULE]: 'enforce' } })
    expect(await outcomeOf(issuer)).toBe('failed')
    await setClient(issuer, { checkLevels: { 'refresh.rotation-safe': 'off' } })
    expect(await outcomeOf(issuer)).toBeUndefined()
  })

  test("is that of the client's profile before the issuer's own levels", async () => {
    const issuer = await openIssuer({ workspace: { settings: { checkLevels: { [RULE]: 'off' } } } })
    await setClient(issuer, { profile: 'strict' })
    expect(await outcomeOf(issuer)).toBe('failed')
    await setClient(issuer, { checkLevels: { [RULE]: 'warn' } })
    expect(await outcomeOf(issuer)).toBe('warned')
  })

  test('is not set by one issuer for another', async () => {
    const issuer = await openIssuer({ workspace: { settings: { profile: 'strict' } } })
    await issuer.call('issuers.create', {
      name: 'tenant',
      settings: { profile: 'strict', checkLevels: { [RULE]: 'off' } },
    })
    const parameters = authorizationQuery({ code_challenge: '', code_challenge_method: '' })
    await issuer.get(`/tenant/authorize?${parameters}`)
    const checked = (await issuer.lastExchange()).verdicts.map(({ check }) => check)
    expect(checked).not.toContain(RULE)
    expect(await outcomeOf(issuer)).toBe('failed')
  })

  test('counts at the token endpoint as well, for the client that authenticated', async () => {
    const issuer = await openIssuer({
      workspace: {
        settings: {
          refreshRotation: 'none',
          profile: 'strict',
          checkLevels: { 'token.password-kept': 'off' },
        },
      },
    })
    const refreshed = async () => {
      const login = await issuer.login('alice')
      return issuer.token({ grant_type: 'refresh_token', refresh_token: login.refresh_token! })
    }
    await setClient(issuer, { checkLevels: { 'refresh.rotation-safe': 'enforce' } })
    expect((await refreshed()).body.error).toBe('unauthorized_client')
    await setClient(issuer, { checkLevels: { 'refresh.rotation-safe': 'warn' } })
    expect((await refreshed()).status).toBe(200)
  })
})
