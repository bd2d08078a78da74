import { describe, expect, test } from 'vitest'
import { readLanguages } from '../../electron/server/provider/registration/languages.ts'
import { openBrowser } from '../support/browser.ts'
import { type Answer, type Fields, type Issuer, openIssuer } from '../support/issuer.ts'
import { postMetadata, register } from '../support/registration.ts'

// Names in several languages: RFC 7591 2.2, OpenID Connect Registration 1.0 2.1.

const CALLBACK = { redirect_uris: ['https://client.example.org/callback'] }

const NAMES = {
  client_name: 'My Example',
  'client_name#ja-Jpan-JP': 'クライアント名',
  'client_name#fr': 'Mon Exemple',
  'client_uri#fr': 'https://client.example.org/fr',
  'logo_uri#fr': 'https://client.example.org/fr.png',
  'policy_uri#FR-ca': 'https://client.example.org/fr-ca/privacy',
  'tos_uri#fr': 'https://client.example.org/fr/terms',
}

describe('at registration', () => {
  test('they are kept as they were sent, and come back at every answer', async () => {
    const issuer = await openIssuer()
    const client = await register(issuer, { ...CALLBACK, ...NAMES })
    expect(client).toMatchObject(NAMES)
    const uri = new URL(String(client.registration_client_uri)).pathname
    const own = { authorization: `Bearer ${client.registration_access_token}` }
    expect((await issuer.get(uri, own)).body).toMatchObject(NAMES)
    const body = JSON.stringify({
      client_id: client.client_id,
      ...CALLBACK,
      'client_name#de': 'Mein Beispiel',
    })
    const headers = { ...own, 'content-type': 'application/json' }
    const changed = (await issuer.send(uri, { method: 'PUT', headers, body })).body
    expect(Object.keys(changed).filter((name) => name.includes('#'))).toEqual(['client_name#de'])
    expect(await issuer.call('clients.get', { id: String(client.client_id) })).toHaveProperty('languages', {
      de: { name: 'Mein Beispiel' },
    })
  })

  test.each([
    ['a tag that is none', { 'client_name#de_DE': 'x' }, /^client_name#de_DE is no language tag/],
    ['no tag', { 'tos_uri#': 'https://a.example/' }, /^tos_uri# is no language tag/],
    ['a value of another kind', { 'logo_uri#fr': 'logo.png' }, /^logo_uri#fr must be an http or https URL/],
    ['no text', { 'client_name#fr': ['x'] }, /^client_name#fr must be text/],
    [
      'the same language twice',
      { 'client_name#fr': 'x', 'client_name#FR': 'y' },
      /^client_name#FR names its language a second time/,
    ],
  ])('%s is refused', async (_what, members, description) => {
    const answer = await postMetadata(await openIssuer(), { ...CALLBACK, ...members })
    expect([answer.status, answer.body.error]).toEqual([400, 'invalid_client_metadata'])
    expect(answer.body.error_description).toMatch(description)
  })

  test('a hundred languages are kept, and none beyond them', async () => {
    const issuer = await openIssuer()
    const names = (count: number) =>
      Object.fromEntries(
        [...Array(count).keys()].flatMap((index) => [
          [`client_name#x-${index}`, 'x'],
          [`client_uri#x-${index}`, 'https://client.example.org/'],
        ]),
      )
    expect(await register(issuer, { ...CALLBACK, ...names(100) })).toMatchObject(names(100))
    const answer = await postMetadata(issuer, { ...CALLBACK, ...names(101) })
    expect([answer.status, answer.body.error]).toEqual([400, 'invalid_client_metadata'])
    expect(answer.body.error_description).toMatch(/^client_name#x-100 must be at most 100 languages/)
  })

  // What judges every language again for each of them takes half a minute, in which the issuer answers nobody.
  test('a hundred thousand of them are judged in no time', () => {
    const members = [...Array(100_000).keys()].map((index) => [`client_name#x-${index}`, 'x'])
    const began = performance.now()
    const { languages, problems } = readLanguages(Object.fromEntries(members))
    expect(performance.now() - began).toBeLessThan(5_000)
    expect([Object.keys(languages).length, problems.length]).toEqual([100, 99_900])
  })

  test('a member that nobody reads has no languages either: it is left out, and the trace says so', async () => {
    const issuer = await openIssuer()
    const client = await register(issuer, { ...CALLBACK, 'scope#fr': 'lire' })
    expect(client).not.toHaveProperty('scope#fr')
    const { verdicts } = await issuer.lastExchange()
    expect(verdicts.find(({ check }) => check === 'registration.members-known')?.observed).toBe(
      'ignored: scope#fr',
    )
  })

  test('the workbench refuses a wrong tag by its path', async () => {
    const issuer = await openIssuer()
    const changes = { languages: { fr: { name: 'x' }, de_DE: { name: 'y' } } }
    const envelope = await issuer.grantscope.dispatch('clients.update', { id: 'demo-spa', changes })
    expect(envelope).toMatchObject({
      ok: false,
      error: { code: 'invalid_input', issues: [{ path: 'changes.languages.de_DE' }] },
    })
  })
})

describe('on the pages of the login', () => {
  const languages = {
    'ja-Jpan-JP': { name: 'クライアント名' },
    fr: { name: 'Mon <Exemple>', clientUri: 'https://client.example.org/fr' },
    'fr-CA': { tosUri: 'https://client.example.org/fr-ca/terms' },
  }

  async function open(): Promise<Issuer> {
    const issuer = await openIssuer()
    const tosUri = 'https://client.example.org/terms'
    await issuer.call('clients.update', { id: 'demo-spa', changes: { name: 'Example', tosUri, languages } })
    return issuer
  }

  const heading = ({ text }: Answer) => /<h1>(.*)<\/h1>/.exec(text)?.[1]

  /** What the login page is called for this request, in a browser of these languages. */
  async function loginPage(asked: Fields, accepted = ''): Promise<string | undefined> {
    const issuer = await open()
    const speaking = { 'accept-language': accepted }
    const send: Issuer['send'] = (target, init) =>
      issuer.send(target, { ...init, headers: { ...(init?.headers as Fields), ...speaking } })
    const browser = openBrowser({ ...issuer, send })
    return heading(await browser.follow(await browser.authorize(asked)))
  }

  const FRENCH = 'Log in to <span lang="fr">Mon &lt;Exemple&gt;</span>'
  const JAPANESE = 'Log in to <span lang="ja-Jpan-JP">クライアント名</span>'

  test.each<[string, Fields, string, string]>([
    ['ui_locales', { ui_locales: 'de fr-CA ja' }, '', FRENCH],
    ['ui_locales before Accept-Language', { ui_locales: 'fr' }, 'ja-Jpan-JP', FRENCH],
    ['Accept-Language', {}, 'fr;q=0.5, ja-jpan-jp-x-any', JAPANESE],
    ['Accept-Language after ui_locales that fit nothing', { ui_locales: 'tlh' }, 'fr', FRENCH],
    ['neither', {}, '', 'Log in to Example'],
    ['a language there is not', {}, 'de, *', 'Log in to Example'],
    ['a wish that is no language', { ui_locales: '- <b> é' }, '', 'Log in to Example'],
  ])('%s decides', async (_what, asked, accepted, title) => {
    expect(await loginPage(asked, accepted)).toBe(title)
  })

  test('each text is chosen by itself, the one without a language last', async () => {
    const browser = openBrowser(await open())
    const login = await browser.follow(await browser.authorize({ ui_locales: 'fr-CA' }))
    const consent = await browser.follow(
      await browser.fill(login, { username: 'alice', password: 'wonderland' }),
    )
    expect(heading(consent)).toBe('Let <span lang="fr">Mon &lt;Exemple&gt;</span> in?')
    expect(
      [...consent.text.matchAll(/<a href="([^"]+)" rel="noreferrer"([^>]*)>/g)].map(([, ...link]) => link),
    ).toEqual([
      ['https://client.example.org/fr', ' hreflang="fr"'],
      ['https://client.example.org/fr-ca/terms', ' hreflang="fr-CA"'],
    ])
  })

  test('those of a device go by what the browser asks for', async () => {
    const issuer = await openIssuer()
    await issuer.call('clients.update', { id: 'demo-device', changes: { languages } })
    const { body } = await issuer.postForm('/device_authorization', { client_id: 'demo-device' })
    const french = { headers: { 'accept-language': 'fr' } }
    const browser = openBrowser({
      ...issuer,
      send: (target, init) =>
        issuer.send(target, { ...init, headers: { ...(init?.headers as Fields), ...french.headers } }),
    })
    const sent = await browser.post('/device', { user_code: String(body.user_code) })
    expect(heading(await browser.follow(sent))).toBe(FRENCH)
  })
})
