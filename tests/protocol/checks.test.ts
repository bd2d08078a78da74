import { globSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { type Check, type CheckVerdict, type Level, pass, runChecks } from '../../shared/protocol/check.ts'
import { checksById } from '../../shared/protocol/checks/registry.ts'
import { OAuthError, type Refusal } from '../../shared/protocol/errors.ts'
import { assertionCases } from './check-cases/assertions.ts'
import { authorizationCases } from './check-cases/authorizations.ts'
import type { CheckCase } from './check-cases/case.ts'
import { claimCases } from './check-cases/claims.ts'
import { codeCases } from './check-cases/codes.ts'
import { deviceCases } from './check-cases/devices.ts'
import { encryptionCases } from './check-cases/encryptions.ts'
import { exchangeCases } from './check-cases/exchanges.ts'
import { interactionCases } from './check-cases/interactions.ts'
import { introspectionCases } from './check-cases/introspections.ts'
import { issuerCases } from './check-cases/issuers.ts'
import { loginCases } from './check-cases/logins.ts'
import { logoutCases } from './check-cases/logouts.ts'
import { promptCases } from './check-cases/prompts.ts'
import { proofCases } from './check-cases/proofs.ts'
import { pushedCases } from './check-cases/pushed.ts'
import { registrationMemberCases } from './check-cases/registration-members.ts'
import { registrationCases } from './check-cases/registrations.ts'
import { requestObjectCases } from './check-cases/request-objects.ts'
import { requestCases } from './check-cases/requests.ts'
import { targetCases } from './check-cases/targets.ts'
import { tokenCases } from './check-cases/tokens.ts'
import { webFingerCases } from './check-cases/webfinger.ts'

const cases = [
  ...introspectionCases,
  ...requestCases,
  ...tokenCases,
  ...loginCases,
  ...issuerCases,
  ...assertionCases,
  ...authorizationCases,
  ...promptCases,
  ...interactionCases,
  ...claimCases,
  ...codeCases,
  ...deviceCases,
  ...pushedCases,
  ...requestObjectCases,
  ...proofCases,
  ...targetCases,
  ...encryptionCases,
  ...exchangeCases,
  ...logoutCases,
  ...registrationCases,
  ...registrationMemberCases,
  ...webFingerCases,
]
const root = join(import.meta.dirname, '../../shared/protocol/checks')
const files = globSync('**/check-*.ts', { cwd: root })

describe('the registry of checks', () => {
  test('every check file exports exactly one check, with a case in the table of this test', async () => {
    expect(files.length).toBeGreaterThan(40)
    expect(cases).toHaveLength(files.length)
    const tested = new Set(cases.map(({ check }) => check.id))
    for (const file of files) {
      const exported = Object.entries<unknown>(await import(join(root, file)))
      const checks = exported.filter(([name]) => name.startsWith('check'))
      expect(checks, file).toHaveLength(1)
      const [, value] = checks[0]!
      const check = (typeof value === 'function' ? value({ error: 'invalid_grant' }) : value) as Check<never>
      expect(tested, file).toContain(check.id)
    }
  })

  test('the list that levels are set by is complete, and says the same', () => {
    const listed = [...checksById.values()].map(({ id, title, spec }) => ({ id, title, spec }))
    const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1)
    expect(listed.sort(byId)).toEqual(
      cases.map(({ check: { id, title, spec } }) => ({ id, title, spec })).sort(byId),
    )
  })

  test('ids are unique', () => {
    const ids = cases.map(({ check }) => check.id)
    expect(new Set(ids).size).toBe(ids.length)
  })

  test.each(cases.map(({ check }) => [check.id, check] as const))(
    '%s has an id, a title that is a sentence, and a spec',
    (id, { title, spec }) => {
      expect(id).toMatch(/^[a-z0-9-]+\.[a-z0-9-]+$/)
      expect(title).toMatch(/^\S.*[^.\s]$/)
      expect(title).toContain(' ')
      const document = String.raw`(RFC \d{4}|OpenID Connect (Core|Discovery|Registration|(RP-Initiated|Front-Channel|Back-Channel) Logout)|OAuth 2.0 Multiple Response Types|JARM)( \S+)?`
      expect(spec).toMatch(new RegExp(`^${document}(, (${document}|appendix [A-Z]|\\d[\\d.]*))*$`))
    },
  )
})

describe.each(cases.map((entry) => [entry.check.id, entry] as const))('%s', (_id, entry: CheckCase) => {
  const run = (facts: unknown) => entry.check.run(facts as never)

  test.each(entry.passes.map((facts) => [facts]))('passes: %j', (facts) => {
    expect(run(facts)).toMatchObject({ passed: true })
  })

  test.each(entry.fails)('fails: %j', (facts, refusal) => {
    const result = run(facts)
    expect(result).not.toHaveProperty('passed')
    expect(result).toMatchObject(refusal)
  })

  test('explains every failure in characters a response may hold', () => {
    for (const [facts] of entry.fails) {
      const { description, observed, expected, challenge = '' } = run(facts) as Refusal
      expect(description).toMatch(/^[\x20\x21\x23-\x5B\x5D-\x7E]+$/)
      expect(challenge).toMatch(/^[\x20-\x7E]*$/)
      expect(observed).toBeTruthy()
      expect(expected).toBeTruthy()
    }
  })
})

describe('runChecks', () => {
  const check = (id: string, passes: boolean, levels: Record<string, Level> = {}): Check<null> => ({
    id,
    title: `Title of ${id}`,
    spec: 'RFC 1',
    levels,
    run: () =>
      passes
        ? pass(`seen ${id}`)
        : { error: 'invalid_request', description: id, observed: 'o', expected: 'e', hint: 'h' },
  })
  const runAll = (checks: Check<null>[], profile: 'strict' | 'standard' | 'lenient' = 'standard') => {
    const verdicts: CheckVerdict[] = []
    let refused: unknown = null
    try {
      runChecks(checks, null, { profile, note: (verdict) => verdicts.push(verdict) })
    } catch (error) {
      refused = error
    }
    return { refused, outcomes: verdicts.map(({ check: id, outcome }) => `${id} ${outcome}`), verdicts }
  }

  test('runs in order and stops at the first that fails', () => {
    const { refused, outcomes } = runAll([check('a', true), check('b', false), check('c', true)])
    expect(outcomes).toEqual(['a passed', 'b failed'])
    expect(refused).toBeInstanceOf(OAuthError)
    expect(refused).toMatchObject({ check: 'b', message: 'b', refusal: { error: 'invalid_request' } })
  })

  test('notes what was observed, expected and hinted', () => {
    const { verdicts } = runAll([check('a', true), check('b', false)])
    expect(verdicts).toEqual([
      {
        check: 'a',
        title: 'Title of a',
        spec: 'RFC 1',
        outcome: 'passed',
        observed: 'seen a',
        expected: null,
        hint: null,
      },
      {
        check: 'b',
        title: 'Title of b',
        spec: 'RFC 1',
        outcome: 'failed',
        observed: 'o',
        expected: 'e',
        hint: 'h',
      },
    ])
  })

  test('a level of warn lets pass and keeps the finding; off does not look', () => {
    const levels = { standard: 'warn', lenient: 'off' } as const
    const checks = [check('a', false, levels), check('b', true)]
    expect(runAll(checks, 'strict')).toMatchObject({ outcomes: ['a failed'], refused: { check: 'a' } })
    expect(runAll(checks)).toMatchObject({ outcomes: ['a warned', 'b passed'], refused: null })
    expect(runAll(checks, 'lenient')).toMatchObject({ outcomes: ['b passed'], refused: null })
  })
})
