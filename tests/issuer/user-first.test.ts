import { describe, expect, test } from 'vitest'
import { answerOf, type Browser, CALLBACK, openBrowser } from '../support/browser.ts'
import { type Answer, type Fields, ISSUER, type Issuer, openIssuer } from '../support/issuer.ts'

// RFC 9700 4.11.2: "The authorization server MUST always authenticate the user first and, with the exception of the silent
// authentication use case, prompt the user for credentials when needed, before redirecting the user."

const WRONG = { scope: 'openid teleport' }

async function open(profile: 'strict' | 'standard' | 'lenient' = 'strict') {
  // Strict passes over a scope it does not know (RFC 6749 3.3) unless that is refused, as here.
  const checkLevels = { 'scope.known': 'enforce' as const }
  const issuer = await openIssuer({ workspace: { settings: { profile, checkLevels } } })
  return { issuer, browser: openBrowser(issuer) }
}

/** Where the page would take the user who wants to go on. */
const linkOf = ({ text }: Answer) => /<a id="back" href="([^"]+)"/.exec(text)?.[1]?.replaceAll('&amp;', '&')

function expectHeld(answer: Answer): URL {
  expect([answer.status, answer.headers.get('location')]).toEqual([400, null])
  expect(answer.text).not.toContain('<script')
  return new URL(linkOf(answer)!)
}

const atLogin = async (browser: Browser, fields: Fields = {}) =>
  browser.follow(await browser.authorize(fields))

describe('under strict, before anybody has logged in', () => {
  test('an error is shown first, with the way to the app for the user to take', async () => {
    const { issuer, browser } = await open()
    const answer = await browser.authorize(WRONG)
    const back = expectHeld(answer)
    expect(back.origin + back.pathname).toBe(CALLBACK)
    expect(Object.fromEntries(back.searchParams)).toEqual({
      error: 'invalid_scope',
      error_description: expect.any(String),
      state: 'af0ifjsldkj',
      iss: ISSUER,
    })
    expect(answer.text).toContain('<dt>error</dt><dd>invalid_scope</dd>')
    const { verdicts, error } = await issuer.lastExchange()
    expect(error).toBe('invalid_scope')
    expect(verdicts.filter(({ outcome }) => outcome === 'failed').map(({ check }) => check)).toEqual([
      'scope.known',
      'authorize.user-first',
    ])
  })

  test('one for form_post waits for a button, and sends nothing by itself', async () => {
    const { browser } = await open()
    const answer = await browser.authorize({ ...WRONG, response_mode: 'form_post' })
    expect([answer.status, answer.text.includes('<script')]).toEqual([400, false])
    expect(answer.text).toContain(`<form method="post" action="${CALLBACK}">`)
    expect(answer.text).toContain('<input type="hidden" name="error" value="invalid_scope">')
  })

  test('one for jwt is signed all the same', async () => {
    const { browser } = await open()
    const back = expectHeld(await browser.authorize({ ...WRONG, response_mode: 'jwt' }))
    expect([...back.searchParams.keys()]).toEqual(['response'])
  })

  test('so is the word of a user who does not want to log in', async () => {
    const { browser } = await open()
    const answer = await browser.fill(await atLogin(browser), { decision: 'deny' })
    expect(expectHeld(answer).searchParams.get('error')).toBe('access_denied')
  })

  test('silent authentication is answered at once, and so is what is wrong with it', async () => {
    const { browser } = await open()
    expect(answerOf(await browser.authorize({ prompt: 'none' })).error).toBe('login_required')
    expect(answerOf(await browser.authorize({ prompt: 'none', ...WRONG })).error).toBe('invalid_scope')
  })

  test('so is a client that is trusted to be tested without a user', async () => {
    const { issuer, browser } = await open()
    await issuer.call('clients.update', { id: 'demo-spa', changes: { autoApprove: true } })
    expect(answerOf(await browser.authorize(WRONG)).error).toBe('invalid_scope')
  })
})

test('whoever has logged in is led to the app, with an error and with a denial', async () => {
  const { browser } = await open()
  const login = await atLogin(browser)
  const consent = await browser.follow(
    await browser.fill(login, { username: 'alice', password: 'wonderland' }),
  )
  expect(answerOf(await browser.authorize(WRONG)).error).toBe('invalid_scope')
  expect(answerOf(await browser.fill(consent, { decision: 'deny' })).error).toBe('access_denied')
})

test('a login of a user who is inactive by now is none', async () => {
  const { issuer, browser } = await open()
  await browser.logIn('alice')
  await issuer.call('users.update', { id: 'alice', changes: { active: false } })
  expectHeld(await browser.authorize(WRONG))
})

test.each(['standard', 'lenient'] as const)(
  'under %s an error goes to the app at once (RFC 6749 4.1.2.1), unless the check is switched on',
  async (profile) => {
    const { issuer, browser } = await open(profile)
    expect(answerOf(await browser.authorize(WRONG)).error).toBe('invalid_scope')
    await setLevel(issuer, 'enforce')
    expectHeld(await browser.authorize(WRONG))
  },
)

const setLevel = (issuer: Issuer, level: 'enforce') =>
  issuer.call('clients.update', {
    id: 'demo-spa',
    changes: { checkLevels: { 'scope.known': 'enforce', 'authorize.user-first': level } },
  })
