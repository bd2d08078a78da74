import { describe, expect, it } from 'vitest'
import { toChanges, toFields } from '../../renderer/features/clients/client-fields.ts'
import { clientGroups } from '../../renderer/features/clients/client-settings.ts'
import { lossOf } from '../../renderer/features/issuers/issuer-loss.ts'
import { issuerFieldNames, issuerGroups } from '../../renderer/features/issuers/issuer-settings.ts'
import { shownChecks, withLevel } from '../../renderer/ui/fields/check-rows.ts'
import { type Field, matchingGroups } from '../../renderer/ui/fields/field.ts'
import { clientOptionFields, clientOptions } from '../../shared/contract/operations/client-options.ts'
import type { Client } from '../../shared/contract/operations/clients.ts'
import { issuerSettings } from '../../shared/contract/settings.ts'
import { checksById } from '../../shared/protocol/checks/registry.ts'

const clientFields = clientGroups(['default', 'tenant-a']).flatMap(({ fields }) => fields)
const issuerFields = issuerGroups.flatMap(({ fields }) => fields)

/** Values the control of a field can give, one for each thing it can be set to. */
function valuesOf({ control }: Field): unknown[] {
  const none = 'nullMeans' in control && control.nullMeans !== undefined ? [null] : []
  switch (control.kind) {
    case 'switch':
      return [true, false]
    case 'text':
      return [null, control.url ? 'https://app.example.com/x' : 'text']
    case 'choice':
      return [...none, ...control.options.map(({ value }) => value)]
    case 'choices':
      return [[], control.options.map(({ value }) => value)]
    case 'list':
      return [...none, [], ['https://api.example.com']]
    case 'duration':
      return [...none, 60]
    case 'seconds':
      return [null, 0, 60]
    case 'number':
      return [...none, control.min, control.max]
    case 'lines':
      return [...none, 'text']
    case 'pairs':
      return [[], [['x-name', 'value']]]
    case 'json':
      return [{}, JSON.parse(control.placeholder ?? '{}')]
  }
}

describe('the tables of settings', () => {
  it('have every option of a client, and none twice', () => {
    const names = [...clientFields.map(({ field }) => field), 'checkLevels']
    expect(names.toSorted()).toEqual(Object.keys(clientOptions.shape).toSorted())
  })

  it('have every setting of an issuer, and none twice', () => {
    const names = [...issuerFields.map(({ field }) => field), 'checkLevels']
    expect(names.toSorted()).toEqual(issuerFieldNames.toSorted())
  })

  it('offer nothing that the contract would refuse, and every word it has', () => {
    for (const field of clientFields)
      for (const value of valuesOf(field))
        expect([field.field, clientOptionFields[field.field].safeParse(value).error]).toEqual([
          field.field,
          undefined,
        ])
    for (const field of issuerFields)
      for (const value of valuesOf(field))
        expect([field.field, issuerSettings.shape[field.field].safeParse(value).error]).toEqual([
          field.field,
          undefined,
        ])
  })

  it('call a setting of a client by its name in the standard', () => {
    const snakeCase = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
    for (const { field, name } of clientFields) expect([snakeCase(field), field]).toContain(name)
  })

  it('are searched by every word on the screen', () => {
    const found = (search: string) =>
      matchingGroups(clientGroups([]), search).flatMap(({ fields }) => fields.map(({ field }) => field))
    expect(found('require_pushed')).toEqual(['requirePushedAuthorizationRequests'])
    expect(found('RFC 9449')).toEqual(['dpopBoundAccessTokens'])
    expect(found('no such thing')).toEqual([])
  })
})

describe("a client's options", () => {
  const client = { ...clientOptions.parse({}), jwks: null, jwksUri: null } as Client

  it('go out as they are stored, but for claims that are no JSON yet', () => {
    expect(toFields(client)).toMatchObject({ responseTypes: ['code'], subjectType: 'public' })
    expect(toChanges({ claims: { tenant: 'acme' } })).toEqual({ claims: { tenant: 'acme' } })
    expect(toChanges({ claims: '{ "tenant": ' as never })).toBeNull()
  })
})

describe('levels of checks', () => {
  const checks = [...checksById.values()]
  const ids = (...args: Parameters<typeof shownChecks>) => shownChecks(...args).map(({ id }) => id)

  it('are found by id, title or section, among those that can be eased', () => {
    expect(ids(checks, {}, { filter: 'changeable', search: 'scope known' })).toContain('scope.known')
    expect(ids(checks, {}, { filter: 'changeable', search: 'rfc 7636' })).toContain(
      'authorize.challenge-syntax',
    )
    const fixed = checks.find(({ changeable }) => !changeable)!.id
    expect(ids(checks, {}, { filter: 'changeable', search: fixed })).not.toContain(fixed)
    expect(ids(checks, {}, { filter: 'all', search: fixed })).toContain(fixed)
    expect(ids(checks, { 'scope.known': 'warn' }, { filter: 'own', search: '' })).toEqual(['scope.known'])
    expect(ids(checks, {}, { filter: 'all', search: '' })).toHaveLength(checks.length)
  })

  it('are set and left to what is inherited', () => {
    const set = withLevel({ 'dpop.nonce': 'off' }, 'scope.known', 'warn')
    expect(set).toEqual({ 'dpop.nonce': 'off', 'scope.known': 'warn' })
    expect(withLevel(set, 'dpop.nonce', null)).toEqual({ 'scope.known': 'warn' })
  })
})

describe('an issuer that is deleted', () => {
  it('names who must be unbound first, apart from who goes with it', () => {
    const words = lossOf('tenant-a', {
      clients: [
        { id: 'app', issuer: 'tenant-a', registeredAt: null },
        { id: 'phone', issuer: 'tenant-a', registeredAt: 1 },
        { id: 'other', issuer: null, registeredAt: null },
      ],
      users: [{ username: 'gina', issuer: 'tenant-a' }],
      sessions: [{ issuer: 'tenant-a' }, { issuer: 'default' }],
    })
    expect(words).toContain('One session ends.')
    expect(words).toContain('Clients that registered there go, too: phone.')
    expect(words).toContain('to be unbound first: app, gina.')
    expect(words).not.toContain('other')
  })
})
