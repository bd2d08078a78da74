import { describe, expect, it } from 'vitest'
import {
  type ClientFields,
  mayHaveKeys,
  toChanges,
  toFields,
  withoutBlanks,
} from '../../renderer/features/clients/client-fields.ts'
import { getNextToken } from '../../renderer/features/clients/get-next-token.ts'
import { randomSecret } from '../../renderer/features/clients/random-secret.ts'
import {
  allow,
  difference,
  mayGet,
  setAny,
  setDefault,
} from '../../renderer/features/clients/scope-changes.ts'
import { lossInWords } from '../../renderer/features/clients/scope-loss.ts'
import { createClient } from '../../shared/contract/client.ts'
import { defaultClientOptions } from '../../shared/contract/operations/client-options.ts'
import type { Client } from '../../shared/contract/operations/clients.ts'
import { createFakeCore } from './fake-core.ts'

const known = ['openid', 'read', 'write']
const any = { allowedScopes: null, defaultScopes: ['read'] }

describe('scope switches', () => {
  it('take one scope from "any" and leave the others', () => {
    expect(allow(any, 'write', false, known)).toEqual({
      allowedScopes: ['openid', 'read'],
      defaultScopes: ['read'],
    })
  })

  it('take a scope from the defaults with it', () => {
    expect(allow(any, 'read', false, known).defaultScopes).toEqual([])
  })

  it('keep the order of the scope table, and names it no longer has', () => {
    const client = { allowedScopes: ['write', 'old'], defaultScopes: [] }
    expect(allow(client, 'openid', true, known).allowedScopes).toEqual(['openid', 'write', 'old'])
    expect(setDefault(client, 'write', true, known).defaultScopes).toEqual(['write'])
  })

  it('go between any and a list of what is there', () => {
    expect(setAny(any, false, known).allowedScopes).toEqual(known)
    expect(setAny({ allowedScopes: [], defaultScopes: [] }, true, known).allowedScopes).toBeNull()
    expect(mayGet(any, 'anything')).toBe(true)
    expect(mayGet({ allowedScopes: ['read'], defaultScopes: [] }, 'write')).toBe(false)
  })
})

describe('the next token', () => {
  const client = { id: 'app' } as Client

  it('carries the scopes it was granted', async () => {
    const core = createFakeCore()
    core.answer('tokens.issue', {
      access_token: 't',
      token_type: 'Bearer',
      expires_in: 1,
      scope: 'read write',
    })
    const next = await getNextToken(createClient(core), client, {
      userId: 'alice',
      scopes: ['read', 'write'],
    })
    expect(next).toMatchObject({ refusal: null, token: 't', scopes: ['read', 'write'] })
    expect(core.calls[0]?.input).toEqual({ clientId: 'app', userId: 'alice', scopes: ['read', 'write'] })
  })

  it('without scope has none, and names no user for the client itself', async () => {
    const core = createFakeCore()
    core.answer('tokens.issue', { access_token: 't', token_type: 'Bearer', expires_in: 1, scope: '' })
    const next = await getNextToken(createClient(core), client, { userId: null, scopes: [] })
    expect(next).toMatchObject({ scopes: [] })
    expect(core.calls[0]?.input).toEqual({ clientId: 'app', scopes: [] })
  })

  it('tells a refusal in words', async () => {
    const core = createFakeCore()
    core.refuse('tokens.issue', { code: 'refused', message: 'Not that scope.' })
    expect(await getNextToken(createClient(core), client, { userId: null, scopes: ['x'] })).toMatchObject({
      refusal: 'Not that scope.',
    })
  })

  it('is compared with the one before', () => {
    expect(difference(['a', 'b'], ['b', 'c'])).toEqual({ gained: ['c'], lost: ['a'] })
  })
})

describe('what a scope takes with it', () => {
  const clients = [
    { id: 'web', allowedScopes: ['read'], defaultScopes: [] },
    { id: 'spa', allowedScopes: null, defaultScopes: ['read'] },
    { id: 'cli', allowedScopes: null, defaultScopes: [] },
  ]

  it('is named: clients by list or default, and users', () => {
    const erin = { username: 'erin', allowedScopes: ['read'] }
    expect(lossInWords('read', clients, [erin])).toContain('It is taken from web, spa and erin,')
  })

  it('is nothing when all may get any', () => {
    expect(lossInWords('write', clients, [])).toContain('No client or user has it by name.')
  })

  it('stays short', () => {
    const many = Array.from({ length: 12 }, (_, at) => ({ ...clients[0]!, id: `c${at}` }))
    expect(lossInWords('read', many, [])).toContain('c7 and 4 more')
  })
})

describe('client fields', () => {
  it('leave blank lines of redirect URIs out', () => {
    expect(withoutBlanks([' https://a.example/cb ', '', '  '])).toEqual(['https://a.example/cb'])
    expect(toChanges({ redirectUris: ['loopback', ''], name: 'A' })).toEqual({
      redirectUris: ['loopback'],
      name: 'A',
    })
    expect(toChanges({ name: 'A' })).toEqual({ name: 'A' })
  })

  it('take keys as the text of a JWK Set, or of one key', () => {
    const key = { kty: 'OKP', crv: 'Ed25519', x: 'AA' }
    expect(toChanges({ jwks: JSON.stringify({ keys: [key] }) })).toEqual({ jwks: { keys: [key] } })
    expect(toChanges({ jwks: JSON.stringify(key) })).toEqual({ jwks: { keys: [key] } })
    expect(toChanges({ jwks: ' ', jwksUri: ' ' })).toEqual({ jwks: null, jwksUri: null })
    expect(toChanges({ jwksUri: ' https://a.example/jwks ' })).toEqual({ jwksUri: 'https://a.example/jwks' })
    expect(toChanges({ jwks: '{', name: 'A' })).toBeNull()
    expect(toFields({ jwks: { keys: [key] }, jwksUri: null } as unknown as Client)).toMatchObject({
      jwks: JSON.stringify({ keys: [key] }, null, 2),
      jwksUri: '',
    })
  })

  it('show keys to a client that signs, is encrypted for, or has some', () => {
    const none = { authMethods: ['none'], grantTypes: [], jwks: '', jwksUri: '' } as unknown as ClientFields
    const fields = { ...defaultClientOptions, ...none }
    expect(mayHaveKeys(fields)).toBe(false)
    expect(mayHaveKeys({ ...fields, idTokenEncryptedResponseAlg: 'ECDH-ES' })).toBe(true)
    expect(mayHaveKeys({ ...fields, authMethods: ['private_key_jwt'] })).toBe(true)
    expect(mayHaveKeys({ ...fields, grantTypes: ['urn:ietf:params:oauth:grant-type:jwt-bearer'] })).toBe(true)
    expect(mayHaveKeys({ ...fields, jwksUri: 'https://a.example/jwks' })).toBe(true)
  })

  it('make secrets of 256 bits that go into a form unescaped', () => {
    const secret = randomSecret()
    expect(secret).toMatch(/^[\w-]{43}$/)
    expect(randomSecret()).not.toBe(secret)
  })
})
