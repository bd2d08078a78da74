import { execFileSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { isRegistered, type Setup, snippets } from '../../renderer/features/overview/snippets/index.ts'

const setup: Setup = {
  issuer: 'http://127.0.0.1:5999/tenant',
  alg: 'ES256',
  clientId: 'my-app',
  secret: 's3cret',
  grantTypes: ['authorization_code', 'password'],
  scopes: ['openid', 'email'],
  redirectUris: ['loopback'],
}
const publicClient: Setup = { ...setup, secret: null }

/** What a snippet has for this setup. */
function codeOf(id: string, given = setup): string {
  const found = snippets(given).find((snippet) => snippet.id === id)
  if (!found) throw new Error(`no snippet ${id}`)
  return found.code
}

/** `key=value` lines. */
const properties = (text: string, separator: string): Record<string, string> =>
  Object.fromEntries(
    text
      .trimEnd()
      .split('\n')
      .map((line) => {
        const at = line.indexOf(separator)
        if (at < 1) throw new Error(`no property: ${line}`)
        return [line.slice(0, at), line.slice(at + separator.length)]
      }),
  )

describe('ready-made settings', () => {
  it('are there for each library once', () => {
    const ids = snippets(setup).map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids).toEqual(
      expect.arrayContaining([
        'openid-client',
        'oauth4webapi',
        'auth.js',
        'spring',
        'asp.net',
        'fastapi',
        'django',
        'go',
        'oauth2-proxy',
        'postman',
        'bruno',
        'curl',
      ]),
    )
  })

  it('name this issuer, and never the one of the documentation', () => {
    for (const { code, id } of snippets(setup)) {
      expect(code, id).toContain('http://127.0.0.1:5999/tenant')
      expect(code, id).not.toContain('4400')
    }
  })

  it('carry client id and secret wherever somebody logs in, and no secret of a public client', () => {
    for (const { code, id, group } of snippets(setup)) {
      if (group === 'Protect an API') continue
      expect(code, id).toContain('my-app')
      expect(code, id).toContain('s3cret')
    }
    for (const { code, id } of snippets(publicClient)) expect(code, id).not.toContain('s3cret')
  })

  it('are one word each in whatever they are written, also for odd secrets', () => {
    const odd = { ...setup, secret: `a"b'c\\d $(e)` }
    expect(JSON.parse(codeOf('postman', odd)).auth.oauth2).toContainEqual({
      key: 'clientSecret',
      value: odd.secret,
      type: 'string',
    })
    expect(codeOf('openid-client', odd)).toContain(JSON.stringify(odd.secret))
    // What follows --user, read by a shell.
    const word = /--user (.*) \\$/m.exec(codeOf('curl', odd))![1]!
    expect(execFileSync('sh', ['-c', `printf %s ${word}`], { encoding: 'utf8' })).toBe(`my-app:${odd.secret}`)
  })

  it('use the registered redirect URI where a library can be told one', () => {
    const exact: Setup = { ...setup, redirectUris: ['http://127.0.0.1:8123/cb'] }
    expect(codeOf('openid-client', exact)).toContain('http://127.0.0.1:8123/cb')
    const { redirectUri } = snippets(exact).find(({ id }) => id === 'auth.js')!
    expect(redirectUri).toBe('http://localhost:3000/api/auth/callback/grantscope')
    expect([isRegistered(exact, redirectUri!), isRegistered(setup, redirectUri!)]).toEqual([false, true])
    expect(isRegistered(setup, 'http://127.0.0.1.evil.test/cb')).toBe(false)
  })
})

describe('the formats', () => {
  it('of Spring are properties', () => {
    const read = properties(codeOf('spring'), '=')
    const client = 'spring.security.oauth2.client'
    expect(read[`${client}.provider.grantscope.issuer-uri`]).toBe(setup.issuer)
    expect(read[`${client}.registration.grantscope.scope`]).toBe('openid,email')
    const open = properties(codeOf('spring', publicClient), '=')
    expect(open[`${client}.registration.grantscope.client-authentication-method`]).toBe('none')
  })

  it('of oauth2-proxy have values of TOML, and a cookie secret of 32 bytes', () => {
    const read = Object.fromEntries(
      Object.entries(properties(codeOf('oauth2-proxy'), ' = ')).map(([key, value]) => [
        key,
        JSON.parse(value),
      ]),
    )
    expect(read).toMatchObject({ oidc_issuer_url: setup.issuer, email_domains: ['*'], cookie_secure: false })
    expect(Buffer.byteLength(read.cookie_secret)).toBe(32)
  })

  it('of Postman is a collection of version 2.1', () => {
    const { info, auth, item } = JSON.parse(codeOf('postman'))
    expect(info.schema).toMatch(/v2\.1\.0/)
    expect(auth.type).toBe('oauth2')
    expect(item.map(({ request }: { request: { url: string } }) => request.url)).toContain(
      `${setup.issuer}/userinfo`,
    )
  })

  it('of Bruno are blocks of `name: value` lines', () => {
    const blocks = [...codeOf('bruno').matchAll(/^([a-z:0-9]+) \{\n((?: {2}[a-z_]+:.*\n)+)\}$/gm)]
    expect(blocks.map(([, name]) => name)).toEqual(['meta', 'get', 'auth:oauth2'])
    const read = properties(blocks[2]![2]!.trimEnd(), ':')
    expect(read['  access_token_url']).toBe(` ${setup.issuer}/token`)
  })
})
