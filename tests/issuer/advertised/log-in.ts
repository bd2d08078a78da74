import { answerOf, type Browser, openBrowser } from '../../support/browser.ts'
import { type Issuer, passwords } from '../../support/issuer.ts'
import { CAROLS_SECRET, totpCode } from '../../support/totp.ts'

/** Browsers by who is logged in there, and where. */
export async function logIn(issuer: Issuer): Promise<ReadonlyMap<string, Browser>> {
  const browsers = new Map<string, Browser>()
  for (const prefix of ['', '/acme']) {
    const [alice, carol] = [openBrowser(issuer, prefix), openBrowser(issuer, prefix)]
    await alice.logIn('alice', { client_id: 'app', scope: 'read' })
    const asked = { client_id: 'app', scope: 'read', acr_values: '2' }
    const page = await carol.follow(await carol.authorize(asked))
    const second = await carol.follow(
      await carol.fill(page, { username: 'carol', password: passwords.carol! }),
    )
    answerOf(await carol.fill(second, { code: totpCode(CAROLS_SECRET, issuer.clock.now()) }))
    // A code counts once.
    issuer.clock.advance(30)
    browsers.set(`alice ${prefix}`, alice).set(`carol ${prefix}`, carol)
  }
  return browsers
}
