import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import { describe, expect, test } from 'vitest'
import { bearer, ISSUER, type Issuer, type Json, openIssuer, START } from '../support/issuer.ts'
import { postMetadata, register } from '../support/registration.ts'

// RFC 7591 2.3, 3.1.1, 3.2.1 and 3.2.2.

const PUBLISHER = 'https://publisher.example'
const JWKS_URI = `${PUBLISHER}/jwks`
const REDIRECTS = { redirect_uris: ['https://client.example.org/callback'] }

/** RFC 7591 2.3 */
const CLAIMS = {
  iss: PUBLISHER,
  software_id: '4NRB1-0XZABZI9E6-5SM3R',
  client_name: 'Example Statement-based Client',
  client_uri: 'https://client.example.net/',
}

type Profile = 'strict' | 'standard' | 'lenient'

async function open({ profile = 'standard', uri = false }: { profile?: Profile; uri?: boolean } = {}) {
  const { publicKey, privateKey } = await generateKeyPair('ES256')
  const jwks = { keys: [{ ...(await exportJWK(publicKey)), kid: 'p1' }] } as never
  const keys = uri ? { jwksUri: JWKS_URI } : { jwks }
  const issuer = await openIssuer({
    workspace: { settings: { profile, statementPublishers: { [PUBLISHER]: keys } } },
  })
  issuer.grantscope.listening({
    issuer: ISSUER,
    control: null,
    warnings: [],
    fetch: async ({ url }) =>
      uri && url === JWKS_URI ? Response.json(jwks) : Promise.reject(new Error('no')),
  })
  const sign = (claims: Json = {}, header = {}) =>
    new SignJWT({ ...CLAIMS, ...claims })
      .setProtectedHeader({ alg: 'ES256', kid: 'p1', ...header })
      .sign(privateKey)
  return { issuer, sign }
}

const verdictOf = async (issuer: Issuer, id: string) =>
  (await issuer.lastExchange()).verdicts.find(({ check }) => check === `registration.${id}`)

describe('a statement of a trusted publisher', () => {
  test.each([false, true])(
    'counts over what stands beside it, and comes back as it was sent',
    async (uri) => {
      const { issuer, sign } = await open({ uri })
      const software_statement = await sign()
      const client = await register(issuer, {
        ...REDIRECTS,
        client_name: 'Another name',
        tos_uri: 'https://client.example.org/tos',
        software_statement,
      })
      const { iss: _, ...attested } = CLAIMS
      expect(client).toMatchObject({
        ...attested,
        tos_uri: 'https://client.example.org/tos',
        software_statement,
      })
      const known = await issuer.call('clients.get', { id: client.client_id })
      expect(known).toMatchObject({ name: CLAIMS.client_name, softwareStatement: software_statement })
      const own = bearer(client.registration_access_token)
      const read = await issuer.get(new URL(client.registration_client_uri).pathname, own)
      expect(read.body).toMatchObject({ ...attested, software_statement })
    },
  )

  test('may say where the client is reached, and is held to the rules of that', async () => {
    const { issuer, sign } = await open()
    const software_statement = await sign({ redirect_uris: ['http://elsewhere.example/cb'] })
    const refused = await postMetadata(issuer, { ...REDIRECTS, software_statement })
    expect([refused.status, refused.body.error]).toEqual([400, 'invalid_redirect_uri'])
    const good = await sign({ redirect_uris: ['https://elsewhere.example/cb'] })
    expect(await register(issuer, { ...REDIRECTS, software_statement: good })).toMatchObject({
      redirect_uris: ['https://elsewhere.example/cb'],
    })
  })

  test('counts at an update too, which without one is the word of the client alone', async () => {
    const { issuer, sign } = await open()
    const software_statement = await sign()
    const { client_id, ...client } = await register(issuer, REDIRECTS)
    const path = new URL(client.registration_client_uri).pathname
    const update = (token: unknown, members: Json) =>
      issuer.send(path, {
        method: 'PUT',
        headers: { ...bearer(String(token)), 'content-type': 'application/json' },
        body: JSON.stringify({ client_id, ...REDIRECTS, client_name: 'Own', ...members }),
      })
    const attested = (await update(client.registration_access_token, { software_statement })).body
    expect(attested).toMatchObject({ client_name: CLAIMS.client_name, software_statement })
    const plain = (await update(attested.registration_access_token, {})).body
    expect(plain.client_name).toBe('Own')
    expect(plain).not.toHaveProperty('software_statement')
  })

  test.each<[string, (sign: Awaited<ReturnType<typeof open>>['sign']) => Promise<string>]>([
    ['out of date', (sign) => sign({ exp: START / 1000 })],
    ['not valid yet', (sign) => sign({ nbf: START / 1000 + 1 })],
    ['with an exp that is no time', (sign) => sign({ exp: 'tomorrow' })],
    ['of a key the publisher has not', (sign) => sign({}, { kid: 'p2' })],
    [
      'changed on the way',
      async (sign) =>
        (await sign()).replace(/\.[^.]+$/, (await (await open()).sign()).replace(/^.*(?=\.)/, '')),
    ],
    [
      'not signed at all',
      async () =>
        `${Buffer.from('{"alg":"none"}').toString('base64url')}.${Buffer.from(JSON.stringify(CLAIMS)).toString('base64url')}.`,
    ],
  ])('%s is refused', async (_what, make) => {
    const { issuer, sign } = await open()
    const answer = await postMetadata(issuer, { ...REDIRECTS, software_statement: await make(sign) })
    expect([answer.status, answer.body.error]).toEqual([400, 'invalid_software_statement'])
    expect((await issuer.failedCheck()).check).toBe('registration.statement-genuine')
    await issuer.call('settings.update', { profile: 'lenient' })
    // What is let pass is still nobody's word.
    const client = await register(issuer, { ...REDIRECTS, software_statement: await make(sign) })
    expect(client).not.toHaveProperty('client_uri')
  })

  test('nested deeper than anybody means it is refused', async () => {
    const { issuer, sign } = await open()
    const deep = JSON.parse(`${'['.repeat(500)}${']'.repeat(500)}`)
    const answer = await postMetadata(issuer, { ...REDIRECTS, software_statement: await sign({ deep }) })
    expect([answer.status, answer.body.error]).toEqual([400, 'invalid_client_metadata'])
  })
})

describe('a statement of anybody else', () => {
  const foreign = { iss: 'https://nobody.example' }

  test('is ignored, with a warning, and nothing of it comes back', async () => {
    const { issuer, sign } = await open()
    const software_statement = await sign(foreign)
    const client = await register(issuer, { ...REDIRECTS, client_name: 'Own', software_statement })
    expect(client.client_name).toBe('Own')
    expect(client).not.toHaveProperty('software_statement')
    expect(await verdictOf(issuer, 'statement-approved')).toMatchObject({
      outcome: 'warned',
      observed: 'iss https://nobody.example',
    })
  })

  test('is refused under strict, and so is one without iss', async () => {
    const { issuer, sign } = await open({ profile: 'strict' })
    for (const claims of [foreign, { iss: undefined }]) {
      const answer = await postMetadata(issuer, { ...REDIRECTS, software_statement: await sign(claims) })
      expect([answer.status, answer.body.error]).toEqual([400, 'unapproved_software_statement'])
    }
  })

  test('is ignored under strict, too, where nobody is trusted', async () => {
    const { issuer, sign } = await open({ profile: 'strict' })
    await issuer.call('settings.update', { statementPublishers: {} })
    const client = await register(issuer, { ...REDIRECTS, software_statement: await sign() })
    expect(client).not.toHaveProperty('client_uri')
  })
})

describe('trusted publishers', () => {
  test('are a setting of each issuer, and of the workspace file', async () => {
    const { issuer, sign } = await open()
    const { statementPublishers } = await issuer.call('settings.get', {})
    await issuer.call('issuers.create', { name: 'acme', settings: { statementPublishers: {} } })
    const at = async (path: string) =>
      (await issuer.postJson(`${path}/register`, { ...REDIRECTS, software_statement: await sign() })).body
    expect(await at('')).toHaveProperty('software_statement')
    expect(await at('/acme')).not.toHaveProperty('software_statement')
    const file = await issuer.call('workspace.export', { secrets: true })
    expect(file.settings.statementPublishers).toEqual(statementPublishers)
    await issuer.call('workspace.import', { file })
    expect(await at('')).toHaveProperty('software_statement')
  })

  test.each<[string, unknown, string]>([
    ['no keys', {}, 'statementPublishers.x'],
    ['keys twice', { jwks: { keys: [{ kty: 'EC' }] }, jwksUri: JWKS_URI }, 'statementPublishers.x'],
    ['another scheme', { jwksUri: 'file:///etc/passwd' }, 'statementPublishers.x.jwksUri'],
    ['a secret key', { jwks: { keys: [{ kty: 'oct', k: 'AAAA' }] } }, 'statementPublishers.x.jwks.keys.0'],
  ])('with %s are refused by their path', async (_what, keys, path) => {
    const issuer = await openIssuer()
    const input = { statementPublishers: { x: keys } }
    const envelope = await issuer.grantscope.dispatch('settings.update', input)
    expect(envelope).toMatchObject({ ok: false, error: { code: 'invalid_input' } })
    expect(!envelope.ok && envelope.error.issues?.some((issue) => issue.path.startsWith(path))).toBe(true)
  })
})
