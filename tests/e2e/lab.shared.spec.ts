import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { callCore } from '../support/call.ts'
import { doByPalette } from '../support/palette.ts'
import { expect, test } from '../support/workbench.ts'

const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')

const verdict = (page: Page) => page.getByTestId('lab-verdict')
const tab = (page: Page, name: string) => page.getByRole('tab', { name })

async function openLab(page: Page) {
  await page.getByTestId('nav-lab').click()
  await expect(verdict(page)).toContainText('No token yet')
}

/** Puts a text into the token field, as a paste does: all of it at once. */
const paste = (page: Page, text: string) =>
  page.getByRole('textbox', { name: 'Token', exact: true }).fill(text)

test('the verdict on what is pasted: valid, revoked, expired, forged, unknown, unsigned, broken', {
  tag: '@once',
}, async ({ workbench }) => {
  const { access_token: token } = await callCore(workbench, 'tokens.issue', {
    userId: 'alice',
    scopes: ['read'],
  })
  await openLab(workbench)
  await paste(workbench, `Authorization: Bearer ${token}`)
  await expect(verdict(workbench)).toContainText('Valid')
  await expect(workbench.getByRole('row', { name: /^sub / })).toContainText('alice')
  await expect(workbench.getByTestId('lab-token').locator('.cm-part-payload').first()).toBeVisible()

  const { row } = await callCore(workbench, 'lab.inspect', { token })
  await callCore(workbench, 'tokens.revoke', { jtis: [row!.jti], reason: 'lost phone' })
  await expect(verdict(workbench)).toContainText('lost phone')
  await callCore(workbench, 'tokens.restore', { jtis: [row!.jti] })
  await expect(verdict(workbench)).toContainText('Valid')
  await callCore(workbench, 'clock.set', { offsetMs: 3_600_000 })
  await expect(verdict(workbench)).toContainText('It expired')
  await callCore(workbench, 'clock.set', { offsetMs: 0 })

  const [header, payload, signature] = token.split('.')
  const forged = part({ ...JSON.parse(Buffer.from(payload!, 'base64url').toString()), sub: 'admin' })
  await paste(workbench, `${header}.${forged}.${signature}`)
  await expect(verdict(workbench)).toContainText('Signature does not match')
  await paste(
    workbench,
    JSON.stringify({ access_token: `${part({ alg: 'RS256', kid: 'theirs' })}.${payload}.c2ln` }),
  )
  await expect(verdict(workbench)).toContainText('unknown key')
  await expect(workbench.getByText('Found in access_token.')).toBeVisible()
  await paste(workbench, `https://app.test/cb#id_token=${part({ alg: 'none' })}.${payload}.&state=1`)
  await expect(verdict(workbench)).toContainText('Not signed')
  await paste(workbench, `${header}.${payload}`)
  await expect(verdict(workbench)).toContainText('2 parts instead of three')
})

test('edit, sign and send: the original stays until it is signed, and the API hears of it', async ({
  workbench,
}) => {
  await openLab(workbench)
  await workbench.getByRole('button', { name: 'Try it with a token of alice' }).click()
  await expect(verdict(workbench)).toContainText('Valid')
  await tab(workbench, 'Edit and sign').click()
  await workbench.getByRole('button', { name: 'Times' }).click()
  await workbench.getByRole('menuitem', { name: 'Expired a minute ago' }).click()
  await expect(workbench.getByTestId('lab-changes')).toContainText('payload · exp')
  await expect(tab(workbench, 'Edit and sign')).toContainText('unsigned changes')
  await expect(verdict(workbench)).toContainText('Valid')
  await workbench.getByRole('button', { name: 'Sign', exact: true }).click()
  await expect(verdict(workbench)).toContainText('It expired')
  await expect(workbench.getByTestId('lab-changes')).toBeHidden()
  await tab(workbench, 'Send').click()
  await workbench.getByRole('button', { name: 'Send', exact: true }).click()
  await expect(workbench.getByTestId('lab-answer')).toContainText('Refused: 401')

  // A target elsewhere is named first, and nothing is sent.
  await workbench.getByRole('textbox', { name: 'API' }).fill('https://api.example.com/me')
  await workbench.getByRole('button', { name: 'Send', exact: true }).click()
  await expect(workbench.getByTestId('outside-target')).toContainText(
    'api.example.com is not on this machine',
  )
  expect((await callCore(workbench, 'lab.outbound', {})).every(({ loopback }) => loopback)).toBe(true)
})

test('a key that was made signs and verifies, and a token is broken with one click', {
  tag: '@once',
}, async ({ workbench }) => {
  await openLab(workbench)
  await tab(workbench, 'Make a key').click()
  await workbench.getByRole('button', { name: 'Make a key' }).click()
  await workbench.getByRole('button', { name: 'Verify with it' }).click()
  await workbench.getByRole('button', { name: 'Sign with it' }).click()
  await workbench.getByRole('textbox', { name: 'Header, as JSON' }).fill('{"alg":"ES256"}')
  await workbench.getByRole('textbox', { name: 'Payload, as JSON' }).fill('{"sub":"🦊 -_ ÿþ"}')
  await workbench.getByRole('button', { name: 'Sign', exact: true }).click()
  await expect(verdict(workbench)).toContainText('Valid')
  await tab(workbench, 'Content').click()
  await expect(workbench.getByRole('row', { name: /^sub / })).toContainText('🦊 -_ ÿþ')
  await tab(workbench, 'Break').click()
  await workbench.getByRole('button', { name: 'Use it: One bit of the signature turned over' }).click()
  await expect(verdict(workbench)).toContainText('Signature does not match')
  await workbench.getByRole('button', { name: 'Undo', exact: true }).click()
  await expect(verdict(workbench)).toContainText('Valid')
})

test('every break is tried on the sample API, which refuses them all', { tag: '@once' }, async ({
  workbench,
}) => {
  test.setTimeout(60_000)
  await openLab(workbench)
  await workbench.getByRole('button', { name: 'Try it with a token of alice' }).click()
  await expect(verdict(workbench)).toContainText('Valid')
  await tab(workbench, 'Break').click()
  await workbench.getByRole('button', { name: 'Try all of them' }).click()
  await expect(workbench.getByTestId('lab-attack')).toContainText('The API did right with all', {
    timeout: 40_000,
  })
  await expect(workbench.getByTestId('break-alg-none')).toContainText('Refused: 401')
})

test('by keyboard alone: paste, change a claim with completion, sign, compare; and the history', async ({
  workbench,
}) => {
  const { access_token: token } = await callCore(workbench, 'tokens.issue', {
    userId: 'alice',
    scopes: ['read'],
  })
  const { keyboard } = workbench
  await keyboard.press('ControlOrMeta+5')
  await expect(verdict(workbench)).toContainText('No token yet')
  const field = workbench.getByRole('textbox', { name: 'Token', exact: true })
  while (!(await field.evaluate((element) => element === document.activeElement))) await keyboard.press('Tab')
  await keyboard.insertText(token)
  await expect(verdict(workbench)).toContainText('Valid')
  await tab(workbench, 'Content').focus()
  await keyboard.press('ArrowRight')
  await expect(tab(workbench, 'Edit and sign')).toHaveAttribute('aria-selected', 'true')
  const payload = workbench.getByRole('textbox', { name: 'Payload, as JSON' })
  await payload.focus()
  await keyboard.press('ControlOrMeta+Home')
  await keyboard.press('ArrowRight')
  await keyboard.type('\n"azp": "de')
  await expect(workbench.getByRole('option', { name: /demo-spa/ })).toBeVisible()
  // As slowly as a person: in its first 75 ms the list takes no key for a choice.
  await keyboard.type('m', { delay: 100 })
  await expect(workbench.getByRole('option', { name: /demo-spa/ })).toBeVisible()
  await keyboard.press('Enter')
  await expect(payload).toContainText('"azp": "demo-')
  await keyboard.type(',')
  await expect(workbench.getByTestId('lab-changes')).toContainText('azp')
  await keyboard.press('ControlOrMeta+Enter')
  await expect(workbench.getByTestId('lab-changes')).toBeHidden()
  await expect(verdict(workbench)).toContainText('Valid')
  await doByPalette(workbench, 'jwt lab: compare', 'JWT lab: compare two tokens')
  await workbench.getByRole('textbox', { name: 'Second token' }).focus()
  await keyboard.insertText(token)
  await expect(workbench.getByTestId('diff-claims')).toContainText('1 of')
  await expect(workbench.getByRole('row', { name: /^azp / })).toContainText('only in the first')

  await workbench.getByRole('button', { name: 'Tokens seen' }).press('Enter')
  const dialog = workbench.getByRole('dialog', { name: 'Tokens seen' })
  await expect(dialog.getByRole('button', { name: /^alice/ }).first()).toBeVisible()
  await dialog.getByRole('searchbox').fill('nobody')
  await expect(dialog).toContainText('Nothing matches')
})

test('an SD-JWT is shown as parts, a JWE is opened, and a token of 64 KB is read', { tag: '@once' }, async ({
  workbench,
}) => {
  const examples = (rfc: string) => JSON.parse(readFileSync(`tests/vectors/${rfc}.json`, 'utf8'))
  await openLab(workbench)
  await paste(workbench, examples('rfc9901')['5.2'].sdJwt)
  await expect(workbench.getByTestId('sd-jwt')).toContainText('nationalities[0]')
  await expect(workbench.getByTestId('sd-jwt')).toContainText('Key binding holds')
  const { jwe, key } = examples('rfc7516')['A.3']
  await paste(workbench, jwe)
  await workbench.getByRole('textbox', { name: 'Private key' }).fill(JSON.stringify(key))
  await workbench.getByRole('button', { name: 'Decrypt' }).click()
  await expect(workbench.getByTestId('lab-plaintext')).toContainText('Live long and prosper.')
  const big = `${part({ alg: 'RS256', kid: 'theirs' })}.${part({ sub: 'x', big: 'y'.repeat(48_000) })}.c2ln`
  expect(big.length).toBeGreaterThan(64_000)
  await paste(workbench, big)
  await expect(verdict(workbench)).toContainText('unknown key')
  await expect(workbench.getByRole('row', { name: /^sub / })).toContainText('x')
})
