import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { readSettings, writeSettings } from '../../electron/server/store/settings.ts'
import { openTestCore, quickDemo, type TestCore } from '../support/core.ts'

let opened: TestCore

beforeEach(async () => {
  opened = await openTestCore({
    workspace: {
      ...quickDemo,
      settings: { bcryptCost: 4, signingAlg: 'ES256' },
      issuers: [{ name: 'acme' }],
    },
  })
})
afterEach(() => opened.close())

const lifetimes = ({ core }: TestCore) => [
  core.settings().accessTokenLifetime,
  core.settingsOf('acme').accessTokenLifetime,
]

describe('settings are held in memory', () => {
  test('as one frozen copy, for as long as nothing changes them', () => {
    const { core } = opened
    expect(core.settings()).toBe(core.settings())
    expect(core.settingsOf('acme')).toBe(core.settingsOf('acme'))
    expect(() => Object.assign(core.settings(), { accessTokenLifetime: 1 })).toThrow(TypeError)
    expect(() => Object.assign(core.settings().claims, { name: 'x' })).toThrow(TypeError)
  })

  test('and read again after every way they can change', async () => {
    const { client } = opened
    expect(lifetimes(opened)).toEqual([900, 900])
    await client.call('settings.update', { accessTokenLifetime: 10 })
    expect(lifetimes(opened)).toEqual([10, 10])
    await client.call('issuers.update', { name: 'acme', settings: { accessTokenLifetime: 20 } })
    expect(lifetimes(opened)).toEqual([10, 20])
    const settings = { bcryptCost: 4, accessTokenLifetime: 30 }
    const issuers = [{ name: 'acme', settings: { accessTokenLifetime: 40 } }]
    await client.call('workspace.import', { file: { extends: 'demo', settings, issuers } })
    expect(lifetimes(opened)).toEqual([30, 40])
    await client.call('issuers.delete', { name: 'acme' })
    expect(lifetimes(opened)).toEqual([30, 30])
    await client.call('workspace.reset', {})
    expect(lifetimes(opened)).toEqual([900, 900])
  })

  test('but not those of a transaction that was rolled back', () => {
    const { core } = opened
    const work = () =>
      core.database.write((writer) => {
        writeSettings(writer, { ...readSettings(writer), accessTokenLifetime: 5 })
        expect(lifetimes(opened)).toEqual([5, 5])
        throw new Error('half way')
      })
    expect(work).toThrow('half way')
    expect(lifetimes(opened)).toEqual([900, 900])
  })
})

describe('keys of issuers', () => {
  const algs = () => {
    const active = opened.core.keys.list().filter((key) => key.active && key.use === 'access')
    return active.map(({ issuer, alg }) => `${issuer} ${alg}`).sort()
  }

  test('follow the algorithm of the default issuer where theirs does not differ', async () => {
    await opened.client.call('issuers.create', { name: 'own', settings: { signingAlg: 'EdDSA' } })
    await opened.client.call('settings.update', { signingAlg: 'HS256' })
    expect(algs()).toEqual(['acme HS256', 'default HS256', 'own EdDSA'])
  })

  test('go with an issuer a workspace file leaves out, and stay with one it keeps', async () => {
    const kids = (issuer: string) => opened.core.keys.list(issuer).map(({ kid }) => kid)
    const before = kids('acme')
    expect(before).toHaveLength(3)
    const file = { ...quickDemo, issuers: [{ name: 'acme' }] }
    await opened.client.call('workspace.import', { file })
    expect(kids('acme')).toEqual(expect.arrayContaining(before))
    await opened.client.call('workspace.import', { file: quickDemo })
    expect(kids('acme')).toEqual([])
  })

  test('of an issuer decide what tokens.inspect says, when it is named', async () => {
    const { access_token: input } = await opened.client.call('tokens.issue', {
      issuer: 'acme',
      userId: 'alice',
    })
    const verdict = async (issuer?: string) =>
      (await opened.client.call('tokens.inspect', issuer === undefined ? { input } : { input, issuer }))
        .verdict
    expect([await verdict(), await verdict('acme'), await verdict('default')]).toEqual([
      'valid',
      'valid',
      'unknown_key',
    ])
  })
})
