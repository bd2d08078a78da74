import { describe, expect, test } from 'vitest'
import { ISSUER, type Issuer, type Json, openIssuer } from '../support/issuer.ts'

// RFC 7033, OpenID Connect Discovery 1.0 2.

const REL = 'http://openid.net/specs/connect/1.0/issuer'

async function ask({ get }: Issuer, resource: string, more = '', at = '/.well-known/webfinger') {
  const answer = await get(`${at}?resource=${encodeURIComponent(resource)}${more}`, {
    origin: 'https://app.test',
  })
  return { ...answer, body: JSON.parse(answer.text) as Json }
}

async function openTwo(): Promise<Issuer> {
  const issuer = await openIssuer({ workspace: { issuers: [{ name: 'acme' }] } })
  await issuer.call('users.update', { id: 'dave', changes: { issuer: 'acme' } })
  return issuer
}

describe('WebFinger', () => {
  test('names the issuer of a user, as JRD that any page may read', async () => {
    const { status, headers, body } = await ask(await openIssuer(), 'acct:alice@127.0.0.1', `&rel=${REL}`)
    expect(status).toBe(200)
    expect(headers.get('content-type')).toBe('application/jrd+json')
    expect(headers.get('access-control-allow-origin')).toBe('*')
    expect(body).toEqual({ subject: 'acct:alice@127.0.0.1', links: [{ rel: REL, href: ISSUER }] })
  })

  test.each([
    ['another name of this machine', 'acct:alice@LOCALHOST', ISSUER],
    ['a port, which is none of an account’s', 'acct:alice@localhost:4400', ISSUER],
    ['a name that is percent-encoded', 'acct:%61lice@127.0.0.1', ISSUER],
    ['the URL of the issuer', ISSUER, ISSUER],
    ['the same with a slash', `${ISSUER}/`, ISSUER],
    ['the URL of another issuer', `${ISSUER}/acme`, `${ISSUER}/acme`],
    ['a user that another issuer has for itself', 'acct:dave@127.0.0.1', `${ISSUER}/acme`],
  ])('finds %s', async (_what, resource, href) => {
    expect((await ask(await openTwo(), resource)).body.links).toEqual([{ rel: REL, href }])
  })

  test.each([
    ['a user there is not', 'acct:nobody@127.0.0.1'],
    ['another host', 'acct:alice@example.com'],
    ['another port', 'acct:alice@127.0.0.1:1'],
    ['another path', `${ISSUER}/alice`],
    ['an account without a host', 'acct:alice'],
    ['another scheme', 'mailto:alice@127.0.0.1'],
  ])('answers 404 to %s', async (_what, resource) => {
    const { status, body } = await ask(await openTwo(), resource)
    expect([status, body.error_description]).toEqual([404, 'Nothing is known of this resource'])
  })

  test.each(['', '?resource=', '?resource=alice', '?resource=acct:a@b&resource=acct:c@d'])(
    'answers 400 to the query "%s"',
    async (query) => {
      const issuer = await openIssuer()
      const { status, body } = await issuer.get(`/.well-known/webfinger${query}`)
      expect([status, body.error]).toEqual([400, 'invalid_request'])
      expect((await issuer.failedCheck()).check).toBe('webfinger.resource-named')
    },
  )

  test('gives only links of the relations that were asked for', async () => {
    const issuer = await openIssuer()
    const links = async (more: string) => (await ask(issuer, ISSUER, more)).body.links
    expect(await links('&rel=http://webfinger.net/rel/avatar')).toEqual([])
    expect(await links(`&rel=x&rel=${encodeURIComponent(REL)}`)).toHaveLength(1)
    expect(await links('')).toHaveLength(1)
  })

  test.each(['/acme/.well-known/webfinger', '/.well-known/webfinger/acme'])(
    '%s knows the users and the URL of that issuer alone',
    async (at) => {
      const issuer = await openTwo()
      const found = async (resource: string) => {
        const { status, body } = await ask(issuer, resource, '', at)
        return status === 200 ? (body.links as { href: string }[])[0]!.href : status
      }
      expect(await found('acct:alice@127.0.0.1')).toBe(`${ISSUER}/acme`)
      expect(await found('acct:dave@127.0.0.1')).toBe(`${ISSUER}/acme`)
      expect(await found(`${ISSUER}/acme`)).toBe(`${ISSUER}/acme`)
      expect(await found(ISSUER)).toBe(404)
      await issuer.call('users.update', { id: 'erin', changes: { issuer: 'default' } })
      expect(await found('acct:erin@127.0.0.1')).toBe(404)
    },
  )

  test('names no OpenID issuer where nothing of OpenID Connect is spoken', async () => {
    const issuer = await openIssuer()
    await issuer.call('scopes.delete', { name: 'openid' })
    expect((await ask(issuer, ISSUER)).body.links).toEqual([])
  })
})
