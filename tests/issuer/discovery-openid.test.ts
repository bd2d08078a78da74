import { decodeJwt } from 'jose'
import { describe, expect, test } from 'vitest'
import { CHALLENGE, codeFields, locationOf, openBrowser, VERIFIER } from '../support/browser.ts'
import { bearer, type Issuer, openIssuer } from '../support/issuer.ts'

type Metadata = Record<string, string[]> & Record<string, unknown>

const metadataOf = async (issuer: Issuer) =>
  (await issuer.get('/.well-known/openid-configuration')).body as Metadata

/** The code of an answer, wherever its response mode puts it. */
function codeIn(text: string): string | undefined {
  const jwt = /[?&#]response=([\w.-]+)/.exec(text)?.[1] ?? /name="response" value="([\w.-]+)"/.exec(text)?.[1]
  if (jwt !== undefined) return String(decodeJwt(jwt).code)
  return /[?&#]code=([\w-]+)/.exec(text)?.[1] ?? /name="code" value="([\w-]+)"/.exec(text)?.[1]
}

describe('what discovery says of the authorization endpoint is so', () => {
  test('has what OpenID Connect Discovery 1.0 3 requires', async () => {
    expect(await metadataOf(await openIssuer())).toMatchObject({
      response_types_supported: ['code'],
      subject_types_supported: ['public', 'pairwise'],
      id_token_signing_alg_values_supported: ['RS256', 'PS256', 'ES256', 'EdDSA'],
      authorization_response_iss_parameter_supported: true,
      request_parameter_supported: true,
      request_uri_parameter_supported: true,
      claims_parameter_supported: true,
    })
  })

  test('each response_mode and code_challenge_method gives a code that works', async () => {
    const issuer = await openIssuer()
    const metadata = await metadataOf(issuer)
    expect(metadata.response_modes_supported).toHaveLength(7)
    for (const response_mode of metadata.response_modes_supported!) {
      for (const code_challenge_method of metadata.code_challenge_methods_supported!) {
        const code_challenge = code_challenge_method === 'S256' ? CHALLENGE : VERIFIER
        const asked = { response_mode, code_challenge_method, code_challenge, prompt: 'login' }
        const answer = await openBrowser(issuer).logIn('alice', asked)
        const code = codeIn(answer.headers.get('location') ?? answer.text)
        expect(
          (await issuer.token(codeFields(code!))).status,
          `${response_mode} ${code_challenge_method}`,
        ).toBe(200)
      }
    }
  })

  test('each prompt is known', async () => {
    const issuer = await openIssuer()
    for (const prompt of (await metadataOf(issuer)).prompt_values_supported!) {
      const location = locationOf(await openBrowser(issuer).authorize({ prompt }))
      expect(location, prompt).not.toContain('error=invalid_request')
    }
  })

  test('each claim it names can be had, from an ID token or userinfo', async () => {
    const issuer = await openIssuer()
    const { claims_supported } = await metadataOf(issuer)
    const claims = Object.fromEntries(claims_supported!.map((name) => [name, `my ${name}`]))
    await issuer.call('users.update', { id: 'alice', changes: { claims } })
    const scope = 'openid profile email'
    const answer = await openBrowser(issuer).logIn('alice', { scope })
    const { body } = await issuer.token(codeFields(codeIn(locationOf(answer))!))
    const userinfo = (await issuer.get('/userinfo', bearer(String(body.access_token)))).body
    const had = new Set([...Object.keys(decodeJwt(String(body.id_token))), ...Object.keys(userinfo)])
    expect(claims_supported!.filter((name) => !had.has(name))).toEqual([])
  })

  test('each acr it names is one a login can have', async () => {
    const { acr_values_supported } = await metadataOf(await openIssuer())
    expect(acr_values_supported).toEqual(['1', '2'])
  })

  test('without the scope openid there is no OpenID Connect to speak of', async () => {
    const issuer = await openIssuer()
    await issuer.call('scopes.delete', { name: 'openid' })
    const metadata = await metadataOf(issuer)
    for (const name of [
      'userinfo_endpoint',
      'end_session_endpoint',
      'claims_supported',
      'acr_values_supported',
    ]) {
      expect(metadata).not.toHaveProperty(name)
    }
    expect(metadata).toHaveProperty('authorization_endpoint')
  })
})
