import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { answerOf, CHALLENGE, codeFields, openBrowser, VERIFIER } from '../support/browser.ts'
import { openIssuer } from '../support/issuer.ts'

test.each([
  ['42 characters', 'a'.repeat(42)],
  ['129 characters', 'a'.repeat(129)],
  ['characters that are not unreserved', `${'a'.repeat(42)}+`],
])('a verifier of %s is refused', async (_what, verifier) => {
  const issuer = await openIssuer()
  // It fits its challenge: nothing but its form is wrong.
  const code_challenge = createHash('sha256').update(verifier).digest('base64url')
  const { code } = answerOf(await openBrowser(issuer).logIn('alice', { code_challenge }))
  const { status, body } = await issuer.token(codeFields(code!, { code_verifier: verifier }))
  expect([status, body.error]).toEqual([400, 'invalid_grant'])
  expect((await issuer.failedCheck()).check).toBe('code.verifier-syntax')
})

test('without a method the challenge is the verifier itself (4.3)', async () => {
  const issuer = await openIssuer()
  const asked = { code_challenge: VERIFIER, code_challenge_method: '' }
  const { code } = answerOf(await openBrowser(issuer).logIn('alice', asked))
  expect((await issuer.token(codeFields(code!))).status).toBe(200)
})

test('each code has the challenge of its own request (4.4)', async () => {
  const issuer = await openIssuer()
  const browser = openBrowser(issuer)
  const hashed = answerOf(await browser.logIn()).code!
  const other = 'b'.repeat(43)
  const plain = { code_challenge: other, code_challenge_method: 'plain', state: 'other' }
  const second = answerOf(await browser.authorize(plain)).code!
  expect((await issuer.token(codeFields(hashed, { code_verifier: other }))).body.error).toBe('invalid_grant')
  expect((await issuer.token(codeFields(second))).body.error).toBe('invalid_grant')
  expect((await issuer.token(codeFields(second, { code_verifier: other }))).status).toBe(200)
  expect((await issuer.token(codeFields(hashed))).status).toBe(200)
})

test('nothing that passes the browser on the way back has the challenge in it (4.4)', async () => {
  const browser = openBrowser(await openIssuer())
  const asked = await browser.authorize()
  const page = await browser.follow(asked)
  const answer = await browser.logIn()
  const told = [asked, page, answer].map(({ headers, text }) => JSON.stringify([...headers]) + text)
  for (const text of told) expect(text).not.toContain(CHALLENGE)
})
