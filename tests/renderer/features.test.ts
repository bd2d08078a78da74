import { describe, expect, it } from 'vitest'
import { announcement, firstDraft, isDone } from '../../renderer/features/overview/tour-words.ts'
import { issuerUrls } from '../../renderer/features/overview/urls.ts'
import { describeOffset, exportName } from '../../renderer/features/settings/choices.ts'
import { endedAfter, endingNext, justAfter, justBefore } from '../../renderer/features/settings/expiries.ts'
import { importFailure, readWorkspaceText } from '../../renderer/features/settings/import-file.ts'
import { matchesUser, toChanges, toFields } from '../../renderer/features/users/user-fields.ts'
import { ContractError } from '../../shared/contract/envelope.ts'
import type { TokenRow } from '../../shared/contract/operations/tokens.ts'
import { type TourRun, tour as tourSchema } from '../../shared/contract/operations/tour.ts'
import { user as userSchema } from '../../shared/contract/operations/users.ts'

const issuer = 'http://127.0.0.1:4400'

describe('the overview', () => {
  it('builds every URL on the issuer, under a path too', () => {
    for (const { url } of issuerUrls(`${issuer}/tenant`))
      expect(url).toMatch(/^http:\/\/127\.0\.0\.1:4400\/tenant/)
  })

  it('takes a broken login for done when it is refused, and the others when they work', () => {
    expect([isDone('login', null), isDone('login', tourRun(true)), isDone('login', tourRun(false))]).toEqual([
      false,
      true,
      false,
    ])
    expect([
      isDone('break', tourRun(false)),
      isDone('fix', tourRun(false)),
      isDone('fix', tourRun(true)),
    ]).toEqual([true, false, true])
  })

  it('begins to mend with what was sent last', () => {
    const runs = { login: null, break: null, fix: null }
    const tour = tourSchema.parse({
      clientId: 'demo-spa',
      username: 'alice',
      redirectUri: 'http://app/callback',
      runs,
      next: 'login',
      skipped: false,
    })
    expect(firstDraft(tour)).toBe('http://app/callback/')
    expect(firstDraft({ ...tour, runs: { ...runs, break: tourRun(false) } })).toBe('http://app/cb/')
  })

  it('says what came of a step, with the hint while it is still wrong', () => {
    expect(announcement('break', tourRun(false))).toContain('400 invalid_grant')
    expect(announcement('fix', tourRun(false))).toContain('take the slash away')
    expect(announcement('fix', tourRun(true))).toContain('Mended')
  })
})

const tourRun = (succeeded: boolean): TourRun => ({
  at: 0,
  redirectUri: 'http://app/cb/',
  succeeded,
  answer: succeeded ? '200' : '400 invalid_grant',
  traceId: null,
  exchangeId: 1,
  finding: succeeded
    ? null
    : { title: 'wrong', observed: 'o', expected: 'e', hint: 'take the slash away', spec: 's' },
})

describe("a user's form", () => {
  const user = userSchema.parse({
    id: 'alice',
    username: 'alice',
    name: null,
    email: 'alice@example.test',
    active: true,
    issuer: null,
    allowedScopes: null,
    claims: { roles: ['ü'] },
    secondFactor: 'off',
    secondFactorLockedUntil: null,
    lastLoginAt: null,
    createdAt: 0,
    updatedAt: 0,
  })

  it('gives back what it was given', () => {
    const { username, name, email, issuer, allowedScopes, claims } = user
    expect(toChanges(toFields(user))).toEqual({ username, name, email, issuer, allowedScopes, claims })
  })

  it('takes an emptied field for no value', () => {
    expect(toChanges({ name: '  ', email: '', claims: '' })).toEqual({ name: null, email: null, claims: {} })
  })

  it('gives no changes while the claims are not an object', () => {
    expect(toChanges({ name: 'A', claims: '[1]' })).toBeNull()
    expect(toChanges({ claims: '{"a":' })).toBeNull()
  })

  it('is found by any part of what the list shows, in any case', () => {
    for (const search of ['ALI', 'example.test', '']) expect(matchesUser(user, search)).toBe(true)
    expect(matchesUser(user, 'bob')).toBe(false)
  })
})

describe('the settings', () => {
  const format = (seconds: number) => `${Math.abs(seconds)} s`

  it('say which way the clock is off', () => {
    expect(describeOffset(90_000, format)).toBe('90 s ahead of real time')
    expect(describeOffset(-90_000, format)).toBe('90 s behind real time')
    expect(describeOffset(400, format)).toBe('real time')
  })

  it('know which tokens end next, and which have ended by then', () => {
    const row = (jti: string, expiresAt: number) => ({ jti, expiresAt }) as TokenRow
    const live = endingNext([row('late', 90_000), row('gone', 1_000), row('soon', 30_000)], 1_000)
    expect(live.map(({ jti }) => jti)).toEqual(['soon', 'late'])
    expect([28, 29, 88, 89].map((seconds) => endedAfter(live, 1_000, seconds))).toEqual([0, 1, 1, 2])
    expect(justBefore(30_000, true)).toBeLessThan(30_000)
    expect(justBefore(30_000, false)).toBeLessThan(justBefore(30_000, true))
    expect(justAfter(30_000)).toBeGreaterThan(30_000)
  })

  it('name an export by the day', () => {
    expect(exportName(Date.UTC(2026, 2, 1, 23, 59))).toBe('grantscope-2026-03-01.json')
  })

  it('read a workspace file with a byte order mark, and say what is no JSON', () => {
    expect(readWorkspaceText('\uFEFF{"version":1}')).toEqual({ ok: true, value: { version: 1 } })
    expect(readWorkspaceText('{"version":')).toMatchObject({
      ok: false,
      message: expect.stringContaining('not JSON'),
    })
  })

  it('name each fault of a file by its path in the file', () => {
    const issues = [
      { path: 'file.users.0.email', message: 'is no address' },
      { path: 'file', message: 'unknown key "user"' },
      { path: 'clients.2.id', message: 'is taken' },
    ]
    expect(importFailure('team.json', new ContractError('invalid_input', 'wrong', issues))).toEqual({
      title: 'team.json was not imported',
      lines: ['users.0.email: is no address', 'unknown key "user"', 'clients.2.id: is taken'],
    })
    expect(importFailure('a.json', new ContractError('conflict', 'Two users are called x.')).lines).toEqual([
      'Two users are called x.',
    ])
  })
})
