import { createHash } from 'node:crypto'
import { expect, onTestFinished, test } from 'vitest'
import type { OutputOf } from '../../shared/contract/operations/index.ts'
import { startExpressApp } from '../support/express-app.ts'
import { logInByForm } from './login.ts'
import { serverForFile } from './server.ts'

// openid-client in an express app, which loses its code_verifier over the redirect.

const server = serverForFile()

/** A browser's way through the app, from its login link to the page it ends on. */
async function logIn(options: { forgetsVerifier?: boolean }): Promise<Response> {
  const app = await startExpressApp(server().issuer, options)
  onTestFinished(app.close)
  const start = await fetch(`${app.origin}/login`, { redirect: 'manual' })
  return fetch(await logInByForm(new URL(start.headers.get('location')!)))
}

const latestTrace = async () => {
  const [latest] = await server().call<OutputOf<'traces.list'>>('traces.list', { limit: 1 })
  return server().call<OutputOf<'traces.get'>>('traces.get', { id: latest!.id })
}
const sha256 = (text: string) => createHash('sha256').update(text).digest('base64url')

test('a lost verifier: the wire says invalid_grant alone, the trace both hashes and RFC 7636 4.6', async () => {
  const page = await logIn({ forgetsVerifier: true })
  expect(page.status).toBe(502)
  const { answer, status } = (await page.json()) as { answer: Record<string, string>; status: number }
  expect([status, answer.error]).toEqual([400, 'invalid_grant'])

  const { exchanges } = await latestTrace()
  const [request, token] = [exchanges[0]!, exchanges.at(-1)!]
  const challenge = new URL(request.url).searchParams.get('code_challenge')!
  const verifier = new URLSearchParams(token.request.body).get('code_verifier')!
  expect(sha256(verifier)).not.toBe(challenge)
  expect(token.verdicts.at(-1)).toMatchObject({
    check: 'code.verifier-matches',
    outcome: 'failed',
    spec: 'RFC 7636 4.6',
    observed: expect.stringContaining(sha256(verifier)),
    expected: challenge,
  })
  for (const hash of [challenge, sha256(verifier)]) expect(JSON.stringify(answer)).not.toContain(hash)
})

test('the same app that keeps its verifier logs in, and nothing is found', async () => {
  const page = await logIn({})
  expect(await page.json()).toEqual({ sub: 'alice' })
  const { findings, refusals } = await latestTrace()
  expect({ findings, refusals }).toEqual({ findings: [], refusals: 0 })
})
