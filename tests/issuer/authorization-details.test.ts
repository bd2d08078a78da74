import { describe, expect, test } from 'vitest'
import { allowAll, answerOf, codeFields, openBrowser } from '../support/browser.ts'
import { approve, beginAt } from '../support/device.ts'
import { basic, type Fields, type Issuer, type IssuerOptions, openIssuer } from '../support/issuer.ts'
import { rfc9396 } from '../support/rfc9396.ts'

// Authorization details (RFC 9396).

const { payment, accounts, customer } = rfc9396
const types = ['payment_initiation', 'account_information', 'customer_information']
const OPTIONS: IssuerOptions = { workspace: { settings: { authorizationDetailsTypes: types } } }

const claimsOf = (token: unknown) =>
  JSON.parse(Buffer.from(String(token).split('.')[1]!, 'base64url').toString())

const details = (...list: object[]): Fields => ({ authorization_details: JSON.stringify(list) })

async function atConsent(parameters: Fields, options = OPTIONS) {
  const issuer = await openIssuer(options)
  const browser = openBrowser(issuer)
  const login = await browser.follow(await browser.authorize(parameters))
  const consent = await browser.follow(
    await browser.fill(login, { username: 'alice', password: 'wonderland' }),
  )
  return { issuer, browser, consent }
}

async function codeFor(...list: object[]) {
  const { issuer, browser, consent } = await atConsent(details(...list))
  return { issuer, code: answerOf(await allowAll(browser, consent)).code! }
}

const refresh = (issuer: Issuer, token: unknown, fields: Fields = {}) =>
  issuer.token({
    grant_type: 'refresh_token',
    client_id: 'demo-spa',
    refresh_token: String(token),
    ...fields,
  })

describe('from the request to the token', () => {
  test('the user sees them, and grant, token, token response and introspection have them', async () => {
    const { issuer, browser, consent } = await atConsent(details(payment, accounts))
    for (const word of [
      'payment_initiation',
      'DE02100100109307118603',
      '123.50',
      'list_accounts, read_balances',
    ]) {
      expect(consent.text).toContain(word)
    }
    const { code } = answerOf(await allowAll(browser, consent))
    const { body } = await issuer.token(codeFields(code!))
    expect(body.authorization_details).toEqual([payment, accounts])
    expect(claimsOf(body.access_token).authorization_details).toEqual([payment, accounts])
    expect(claimsOf(body.refresh_token)).not.toHaveProperty('authorization_details')
    const { body: told } = await issuer.postForm(
      '/introspect',
      { token: String(body.access_token) },
      basic('demo-web', 'demo-web-secret'),
    )
    expect(told).toMatchObject({ active: true, authorization_details: [payment, accounts] })
  })

  test('what is in them is text to the page, never markup', async () => {
    const { consent } = await atConsent(details({ ...payment, creditorName: '<script>alert(1)</script>' }))
    expect(consent.text).toContain('&lt;script&gt;')
    expect(consent.text).not.toContain('<script>alert')
  })

  test('the user is asked each time, though they let the app in before', async () => {
    const { browser, consent } = await atConsent({})
    await allowAll(browser, consent)
    expect((await browser.authorize()).headers.get('location')).toContain('code=')
    expect((await browser.authorize(details(payment))).headers.get('location')).toContain('interaction')
    expect(answerOf(await browser.authorize({ ...details(payment), prompt: 'none' })).error).toBe(
      'consent_required',
    )
  })

  test('a token request may ask for less, and a refresh for all again (6.1)', async () => {
    const { issuer, code } = await codeFor(payment, accounts)
    const less = { ...accounts, actions: ['read_balances'] }
    const first = await issuer.token(codeFields(code, details(less)))
    expect(first.body.authorization_details).toEqual([less])
    const second = await refresh(issuer, first.body.refresh_token, details(payment))
    expect(second.body.authorization_details).toEqual([payment])
    const all = await refresh(issuer, second.body.refresh_token)
    expect(claimsOf(all.body.access_token).authorization_details).toEqual([payment, accounts])
  })

  test('never for more', async () => {
    const { issuer, code } = await codeFor(payment)
    const dearer = { ...payment, instructedAmount: { currency: 'EUR', amount: '999.00' } }
    for (const more of [accounts, dearer]) {
      const { status, body } = await issuer.token(codeFields(code, details(more)))
      expect([status, body.error]).toEqual([400, 'invalid_authorization_details'])
      expect((await issuer.failedCheck()).check).toBe('authorization-details.narrow')
    }
    const { body } = await issuer.token(codeFields(code))
    expect((await refresh(issuer, body.refresh_token, details(accounts))).status).toBe(400)
  })

  test('a device, a client for itself, and a login by password ask for them too', async () => {
    const issuer = await openIssuer(OPTIONS)
    const device = await beginAt(issuer, details(payment))
    await approve(device)
    expect((await device.poll()).body.authorization_details).toEqual([payment])
    const service = basic('demo-service', 'demo-service-secret')
    const own = await issuer.token({ grant_type: 'client_credentials', ...details(customer) }, service)
    expect(claimsOf(own.body.access_token).authorization_details).toEqual([customer])
    expect(await issuer.login('alice', details(accounts))).toMatchObject({
      authorization_details: [accounts],
    })
  })

  test('a token exchange keeps to what the subject token has', async () => {
    const issuer = await openIssuer(OPTIONS)
    const { access_token } = await issuer.login('alice', details(payment))
    const exchange = (fields: Fields) =>
      issuer.token(
        {
          grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
          subject_token: access_token,
          subject_token_type: 'urn:ietf:params:oauth:token-type:access_token',
          ...fields,
        },
        basic('demo-web', 'demo-web-secret'),
      )
    expect((await exchange(details(payment))).body.authorization_details).toEqual([payment])
    expect((await exchange(details(accounts))).body.error).toBe('invalid_authorization_details')
  })

  test('a request without them has none', async () => {
    const tokens = await (await openIssuer(OPTIONS)).login('alice')
    expect(tokens).not.toHaveProperty('authorization_details')
    expect(claimsOf(tokens.access_token)).not.toHaveProperty('authorization_details')
  })
})

describe('invalid_authorization_details', () => {
  const deep = (levels: number): object => (levels === 0 ? {} : { inner: deep(levels - 1) })
  const bad: [string, string, string][] = [
    ['no JSON', 'payment', 'readable'],
    ['an object alone', JSON.stringify(payment), 'readable'],
    ['an array of texts', '["payment_initiation"]', 'readable'],
    ['no type', '[{"actions":["read"]}]', 'type-present'],
    ['a type that is not text', '[{"type":["payment_initiation"]}]', 'type-present'],
    ['a type nobody knows', '[{"type":"toString"}]', 'type-known'],
    ['a common field of another type', '[{"type":"payment_initiation","locations":"x"}]', 'fields'],
    ['too many', JSON.stringify(Array(21).fill({ type: 'payment_initiation' })), 'bounded'],
    ['too long', JSON.stringify([{ type: 'payment_initiation', more: 'x'.repeat(20_000) }]), 'bounded'],
    ['too deep', JSON.stringify([{ type: 'payment_initiation', ...deep(20) }]), 'bounded'],
    ['bottomless', `[${'['.repeat(5_000)}${']'.repeat(5_000)}]`, 'readable'],
  ]
  test.each(bad)('for %s', async (_what, value, rule) => {
    const issuer = await openIssuer(OPTIONS)
    const { status, body } = await issuer.token({
      grant_type: 'password',
      username: 'alice',
      password: 'wonderland',
      authorization_details: value,
    })
    expect([status, body.error]).toEqual([400, 'invalid_authorization_details'])
    expect((await issuer.failedCheck()).check).toBe(`authorization-details.${rule}`)
    expect(issuer.log).toEqual([])
  })

  test('goes to the client from the authorization endpoint', async () => {
    const answer = await openBrowser(await openIssuer(OPTIONS)).authorize(details({ type: 'unknown' }))
    expect(answerOf(answer)).toMatchObject({ error: 'invalid_authorization_details', state: 'af0ifjsldkj' })
  })

  test('for a type the client is not registered for (10)', async () => {
    const issuer = await openIssuer(OPTIONS)
    const changes = { authorizationDetailsTypes: ['account_information'] }
    await issuer.call('clients.update', { id: 'demo-spa', changes })
    await issuer.login('alice', details(accounts))
    await expect(issuer.login('alice', details(payment))).rejects.toThrow('invalid_authorization_details')
    expect((await issuer.failedCheck()).check).toBe('authorization-details.type-allowed')
  })
})

test('discovery names the types, where there are any (10)', async () => {
  const read = async (options?: IssuerOptions) =>
    (await (await openIssuer(options)).get('/.well-known/oauth-authorization-server')).body
  expect(await read(OPTIONS)).toMatchObject({ authorization_details_types_supported: types })
  expect(await read()).toMatchObject({ authorization_details_types_supported: ['payment_initiation'] })
  const none = { workspace: { settings: { authorizationDetailsTypes: [] } } }
  expect(await read(none)).not.toHaveProperty('authorization_details_types_supported')
})
