import { describe, expect, test } from 'vitest'
import { claimValues, layClaims, protectedClaims } from '../../shared/protocol/claim-layers.ts'
import { claimFilter, defaultScopeClaims } from '../../shared/protocol/claims.ts'
import {
  type ClaimsRequest,
  claimsWithValues,
  essentialAcr,
  givenClaims,
  parseClaims,
  parseClaimsParameter,
  requestedSubject,
  withoutValues,
} from '../../shared/protocol/claims-parameter.ts'
import { sectorOf } from '../../shared/protocol/sector.ts'
import { type ClaimSources, claimsOf } from '../../shared/protocol/token-claims.ts'

// The example of OpenID Connect Core 1.0 5.5, to the letter.
const EXAMPLE = `{
 "userinfo":
  {
   "given_name": {"essential": true},
   "nickname": null,
   "email": {"essential": true},
   "email_verified": {"essential": true},
   "picture": null,
   "http://example.info/claims/groups": null
  },
 "id_token":
  {
   "auth_time": {"essential": true},
   "acr": {"values": ["urn:mace:incommon:iap:silver"] }
  }
}`

const parsed = (text: string): ClaimsRequest => {
  const result = parseClaimsParameter(text)
  if ('problem' in result) throw new Error(result.problem)
  return result.claims
}
const problemOf = (text: string) => {
  const result = parseClaimsParameter(text)
  return 'problem' in result ? result.problem : null
}

describe('the claims parameter', () => {
  test('is read as in the example of OpenID Connect Core 1.0 5.5', () => {
    expect(parsed(EXAMPLE)).toEqual({
      userinfo: {
        given_name: { essential: true },
        nickname: {},
        email: { essential: true },
        email_verified: { essential: true },
        picture: {},
        'http://example.info/claims/groups': {},
      },
      id_token: { auth_time: { essential: true }, acr: { values: ['urn:mace:incommon:iap:silver'] } },
    })
  })

  test('members nobody understands are passed over (5.5)', () => {
    expect(
      parsed('{"verified_claims":{"a":1},"userinfo":{"email":{"purpose":"x","essential":false}}}'),
    ).toEqual({
      userinfo: { email: { essential: false } },
    })
  })

  test.each([
    ['{', 'is not JSON'],
    ['null', 'is not a JSON object'],
    ['[]', 'is not a JSON object'],
    ['"x"', 'is not a JSON object'],
    ['{"userinfo":[]}', 'has a member userinfo that is not an object'],
    ['{"id_token":null}', 'has a member id_token that is not an object'],
    ['{"id_token":{"acr":true}}', 'asks for id_token.acr with something that is neither null nor an object'],
    [
      '{"id_token":{"acr":{"essential":"yes"}}}',
      'asks for id_token.acr with an essential that is neither true nor false',
    ],
    ['{"id_token":{"acr":{"values":"1"}}}', 'asks for id_token.acr with values that are no list'],
    ['{"id_token":{"acr":{"values":[]}}}', 'asks for id_token.acr with values that are no list'],
    [`{"userinfo":{"a":{"value":${'['.repeat(9)}${']'.repeat(9)}}}}`, 'is nested deeper than 10 levels'],
    [
      `{"userinfo":{"a":{"value":${'['.repeat(4000)}${']'.repeat(4000)}}}}`,
      'is nested deeper than 10 levels',
    ],
    [`{"userinfo":{"a":{"value":"${'x'.repeat(10_000)}"}}}`, 'is longer than 10000 characters'],
    [
      `{"userinfo":{${Array.from({ length: 101 }, (_, n) => `"c${n}":null`).join()}}}`,
      'asks for more than 100 claims in userinfo',
    ],
  ])('%.60s is refused: %s', (text, problem) => {
    expect(problemOf(text)).toBe(problem)
  })

  test('a claim named __proto__ is a claim like any other', () => {
    const { userinfo } = parsed('{"userinfo":{"__proto__":{"value":"x"}}}')
    expect(Object.keys(userinfo!)).toEqual(['__proto__'])
    expect(Object.keys(givenClaims(userinfo!, {}))).toEqual(['__proto__'])
  })

  test('says whom the ID token must be about, and how proven (5.5.1, 5.5.1.1)', () => {
    const request = parsed(
      '{"id_token":{"sub":{"value":"248289761001"},"acr":{"essential":true,"values":["1","2"]}}}',
    )
    expect(requestedSubject(request)).toBe('248289761001')
    expect(essentialAcr(request)).toEqual(['1', '2'])
    expect(essentialAcr(parsed('{"id_token":{"acr":{"essential":true,"value":"2"}}}'))).toEqual(['2'])
    // As a voluntary claim acr changes nothing.
    expect(essentialAcr(parsed(EXAMPLE))).toBeNull()
    expect([requestedSubject(null), requestedSubject(parsed(EXAMPLE))]).toEqual([null, null])
  })

  test('gives the value it names, and of several the one that is there, else the first', () => {
    const asked = {
      team: { value: 'red' },
      role: { values: ['admin', 'user'] },
      locale: { values: ['de', 'fr'] },
    }
    expect(givenClaims(asked, { role: 'user', locale: 'en' })).toEqual({ team: 'red', locale: 'de' })
    expect(givenClaims({ may_act: { value: { sub: 'mallory' } } }, {})).toEqual({})
    expect(givenClaims({ sub: { value: 'x' }, acr: { value: '2' }, email: {} }, {})).toEqual({})
  })

  test('without its values it still says whom and how', () => {
    const request = parsed('{"id_token":{"team":{"value":"red","essential":true},"sub":{"value":"a"}}}')
    expect(withoutValues(request)).toEqual({ id_token: { team: { essential: true }, sub: { value: 'a' } } })
  })
})

describe('layers of claims', () => {
  test('a later one takes the place of an earlier one, and says of which', () => {
    const { claims } = layClaims({ iss: 'i' }, [
      ['issuer', { env: 'test', team: 'any' }],
      ['client', { team: 'red' }],
      ['user', { team: 'blue' }],
      ['request', {}],
    ])
    expect(claims).toEqual([
      { name: 'iss', value: 'i', layer: 'protocol', overrides: [] },
      { name: 'env', value: 'test', layer: 'issuer', overrides: [] },
      { name: 'team', value: 'blue', layer: 'user', overrides: ['issuer', 'client'] },
    ])
  })

  test('null takes a claim away, and a layer above may bring it back', () => {
    const account = layClaims({}, [
      ['issuer', { env: 'test', team: 'any' }],
      ['client', { env: null, team: null, unknown: null }],
      ['user', { team: 'blue' }],
    ])
    expect(claimValues(account)).toEqual({ team: 'blue' })
    expect(account.removed).toEqual([{ name: 'env', layer: 'client' }])
  })

  test.each([...protectedClaims])('%s is set by the protocol alone', (name) => {
    for (const layer of ['issuer', 'client', 'user', 'request'] as const) {
      for (const value of ['forged', null]) {
        const account = layClaims({ [name]: 'real' }, [[layer, { [name]: value }]])
        expect(claimValues(account)).toEqual({ [name]: 'real' })
        expect(account.refused).toEqual([{ name, layer }])
      }
    }
  })
})

describe('scopes and claims', () => {
  test('a new scope stands for what the standard gives it (OpenID Connect Core 1.0 5.4)', () => {
    expect(defaultScopeClaims('email')).toEqual(['email', 'email_verified'])
    expect(defaultScopeClaims('phone')).toEqual(['phone_number', 'phone_number_verified'])
    expect(defaultScopeClaims('address')).toEqual(['address'])
    expect(defaultScopeClaims('profile')).toHaveLength(14)
    expect([defaultScopeClaims('read'), defaultScopeClaims('constructor')]).toEqual([[], []])
  })

  test('a claim is shown by a scope that was granted, or when no scope stands for it', () => {
    const scopes = [
      { name: 'profile', claims: ['name'] },
      { name: 'team', claims: ['team'] },
    ]
    const shown = claimFilter(scopes, ['profile'])
    expect(['name', 'team', 'shoe_size', 'locale', 'email'].filter(shown)).toEqual(['name', 'shoe_size'])
  })
})

describe('the claims of a token', () => {
  const sources: ClaimSources = {
    issuer: { env: 'test' },
    client: { tenant: 'acme' },
    user: { given_name: 'Alice', roles: ['admin'] },
    profile: { given_name: 'Alice', roles: ['admin'], name: 'Alice Liddell', email: 'a@example.test' },
    requested: null,
    scopes: ['openid', 'profile'],
    scopeClaims: ['profile', 'email'].map((name) => ({ name, claims: defaultScopeClaims(name) })),
    idTokenClaims: 'minimal',
  }
  const namesOf = (target: 'access_token' | 'id_token' | 'userinfo', changes: Partial<ClaimSources> = {}) =>
    Object.keys(claimValues(claimsOf(target, {}, { ...sources, ...changes }))).sort()

  test('userinfo follows the scopes', () => {
    expect(namesOf('userinfo')).toEqual(['env', 'given_name', 'name', 'roles', 'tenant'])
    expect(namesOf('userinfo', { scopes: ['openid'] })).toEqual(['env', 'roles', 'tenant'])
  })

  test('an ID token has what issuer and client set, unless it is to have all', () => {
    expect(namesOf('id_token')).toEqual(['env', 'tenant'])
    expect(namesOf('id_token', { idTokenClaims: 'all' })).toEqual(namesOf('userinfo'))
  })

  test('what is asked for by name is there whatever the scopes say (OpenID Connect Core 1.0 5.5)', () => {
    const requested = parsed('{"id_token":{"email":null,"unheard_of":null},"access_token":{"name":null}}')
    expect(namesOf('id_token', { requested })).toEqual(['email', 'env', 'tenant'])
    expect(namesOf('userinfo', { requested })).not.toContain('email')
    expect(namesOf('access_token', { requested })).toEqual(['env', 'given_name', 'name', 'roles', 'tenant'])
  })

  test('the request can give and take away, in the target it names', () => {
    const requested = claimsWithValues({ env: null, roles: ['guest'] })
    for (const target of ['access_token', 'id_token', 'userinfo'] as const) {
      const values = claimValues(claimsOf(target, {}, { ...sources, requested }))
      expect(values).toMatchObject({ tenant: 'acme', roles: ['guest'] })
      expect(values).not.toHaveProperty('env')
    }
    expect(parseClaims(requested)).toEqual({ claims: requested })
  })
})

describe('the sector of a client (OpenID Connect Core 1.0 8.1)', () => {
  const sector = (redirectUris: string[], sectorIdentifierUri: string | null = null) =>
    sectorOf({ id: 'app', redirectUris, sectorIdentifierUri })

  test('is the host of its redirect URIs, unless they have several', () => {
    expect(sector(['https://app.example/cb', 'https://app.example:8443/other'])).toBe('app.example')
    expect(sector(['https://a.example/cb', 'https://b.example/cb'])).toBeNull()
    expect(sector(['loopback', 'loopback'])).toBe('loopback')
    expect(sector(['com.example.app:/cb'])).toBe('com.example.app:')
    expect(sector([])).toBe('app')
  })

  test('is the host of its sector_identifier_uri first of all', () => {
    expect(sector(['https://a.example/cb', 'https://b.example/cb'], 'https://other.example/uris.json')).toBe(
      'other.example',
    )
  })
})
