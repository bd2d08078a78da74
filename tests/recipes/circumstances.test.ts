import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { ensureCertificate } from '../../electron/host/certificate.ts'
import { createTrustingFetch } from '../../electron/host/trusting-fetch.ts'
import { recipes } from '../../electron/server/flows/recipes/index.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { type ListeningCore, type ListeningOptions, openListening } from './listening.ts'

/** Runs them all, one after the other, and says which failed and why. */
async function failures({ client }: ListeningCore): Promise<string[]> {
  const failed: string[] = []
  for (const { id } of recipes) {
    const { verdict, summary } = await client.call('recipes.run', { id })
    if (verdict === 'failed') failed.push(`${id}: ${summary}`)
  }
  return failed
}

const circumstances: [string, ListeningOptions][] = [
  ['HS256 signs, so that no key is published', { settings: { signingAlg: 'HS256' } }],
  ['EdDSA signs', { settings: { signingAlg: 'EdDSA' } }],
  ['the profile is strict', { settings: { profile: 'strict' } }],
  ['the profile is lenient', { settings: { profile: 'lenient' } }],
  ['Secure is left off on http', { settings: { cookieSecure: 'https-only' } }],
  ['bcrypt is at its lowest cost', { settings: { bcryptCost: 4 } }],
  ['lifetimes are short', { settings: { accessTokenLifetime: 60, refreshTokenLifetime: 120 } }],
  ['there is no default client', { settings: { defaultClientId: '' } }],
  ['the issuer has a fixed public URL', { core: { issuer: 'https://login.example.test' } }],
]

describe('every recipe passes when', () => {
  test.each(circumstances)('%s', async (_when, options) => {
    expect(await failures(await openListening(options))).toEqual([])
  })

  test('the clock is frozen', async () => {
    const listening = await openListening()
    await listening.client.call('clock.set', { frozen: true })
    expect(await failures(listening)).toEqual([])
  })

  test('the clock is a year ahead', async () => {
    const listening = await openListening()
    await listening.client.call('clock.set', { offsetMs: 365 * 86_400_000 })
    expect(await failures(listening)).toEqual([])
  })

  test('each request takes so long that TOTP steps go by in between', async () => {
    let now = Date.UTC(2031, 3, 6, 12, 0, 29)
    const listening = await openListening({
      core: { clock: { now: () => now } },
      async between(request, issuer) {
        now += 7_000
        return issuer(request)
      },
    })
    expect(await failures(listening)).toEqual([])
  })

  test("the issuer is on https with the host's own certificate", async () => {
    const folder = await temporaryFolder()
    onTestFinished(folder.remove)
    const files = { certFile: join(folder.path, 'cert.pem'), keyFile: join(folder.path, 'key.pem') }
    const tls = await ensureCertificate(files, ['127.0.0.1'], Date.now())
    const listening = await openListening({
      tls,
      settings: { cookieSecure: 'https-only' },
      fetch: (issuer) => createTrustingFetch(issuer, tls.cert),
    })
    expect(await failures(listening)).toEqual([])
  })

  test('the demo users and clients are gone', async () => {
    const listening = await openListening({
      core: {
        workspace: {
          settings: { bcryptCost: 4, signingAlg: 'ES256', defaultClientId: '' },
          scopes: [
            { name: 'read', description: '' },
            { name: 'write', description: '' },
          ],
        },
      },
    })
    expect(await listening.client.call('users.list', {})).toEqual([])
    expect(await failures(listening)).toEqual([])
  })
})
