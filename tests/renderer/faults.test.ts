import { describe, expect, it } from 'vitest'
import { actionFields } from '../../renderer/features/faults/action-fields.ts'
import {
  blankForm,
  exampleOf,
  type FaultForm,
  hasBroken,
  nameOf,
  readAction,
  toChanges,
  toForm,
  toParts,
} from '../../renderer/features/faults/fault-form.ts'
import { copyOf, withFault } from '../../renderer/features/faults/filed.ts'
import { fitnessOf, misfitWords, strikesOf } from '../../renderer/features/faults/fitness.ts'
import { formErrors } from '../../renderer/features/faults/form-errors.ts'
import { frequencyFields, matchFields } from '../../renderer/features/faults/match-fields.ts'
import { groupPresets, matchesPreset } from '../../renderer/features/faults/preset-groups.ts'
import { faultSentence, hitsWords, matchesFault, type Told } from '../../renderer/features/faults/sentence.ts'
import { type FaultKind, faultAction, faultActions } from '../../shared/contract/faults/actions/index.ts'
import { findFaultEndpoint } from '../../shared/contract/faults/endpoints.ts'
import { type Fault, filedFault, newFault } from '../../shared/contract/faults/fault.ts'
import { faultMatch } from '../../shared/contract/faults/match.ts'
import { faultPresets } from '../../shared/contract/faults/presets.ts'
import { scenarioFile } from '../../shared/contract/scenario-file.ts'

const kinds = Object.keys(faultActions) as FaultKind[]

const told = ({ match, ...rest }: Partial<Omit<Told, 'match'>> & { match?: object } = {}): Told => ({
  match: faultMatch.parse({ endpoints: ['token'], ...match }),
  skip: 0,
  every: 1,
  count: null,
  state: 'armed',
  seen: 0,
  hits: 0,
  does: 'drops the connection',
  strikes: ['token'],
  ...rest,
})
const refreshes = { grantType: 'refresh_token', clientId: 'demo-spa' }

const aFault = (fields: Partial<Fault> = {}): Fault => ({
  ...told({ match: refreshes }),
  state: 'armed',
  id: 'f1',
  name: 'Lost',
  enabled: true,
  action: faultAction.parse({ kind: 'drop', when: 'after' }),
  lastHitAt: null,
  createdAt: 0,
  updatedAt: 0,
  ...fields,
})

describe('the sentence on a fault', () => {
  it.each<[string, Told]>([
    ['At every token request, the issuer drops the connection.', told()],
    [
      'At the next refresh of demo-spa, the issuer drops the connection.',
      told({ match: refreshes, count: 1 }),
    ],
    [
      'At the next 2 refreshes of demo-spa, the issuer drops the connection.',
      told({ match: refreshes, count: 3, hits: 1, seen: 1 }),
    ],
    [
      'At the next 2 code exchanges for alice, after 1 that passes unharmed, the issuer drops the connection.',
      told({ match: { grantType: 'authorization_code', userId: 'alice' }, count: 2, skip: 2, seen: 1 }),
    ],
    [
      'At one of every 3 requests to token or userinfo, the issuer drops the connection.',
      told({ match: { endpoints: ['token', 'userinfo'] }, every: 3 }),
    ],
    [
      'At one of every 3 password grants, 2 times in all, the issuer drops the connection.',
      told({ match: { grantType: 'password' }, every: 3, count: 2 }),
    ],
    [
      'At every POST request to token with prompt=none at issuer a or b, the issuer drops the connection.',
      told({ match: { method: 'POST', parameter: { name: 'prompt', value: 'none' }, issuers: ['a', 'b'] } }),
    ],
    [
      'At every request, the issuer drops the connection.',
      told({ match: { endpoints: [] }, strikes: ['token', 'jwks', 'me', 'items', 'userinfo'] }),
    ],
    [
      'At every request to jwks, the issuer drops the connection.',
      told({ match: { endpoints: [] }, strikes: ['jwks'] }),
    ],
    ['Once armed, at every token request, the issuer drops the connection.', told({ state: 'disarmed' })],
    [
      'It has struck 2 times, and rests. Once its counters are reset, at the next 2 token requests, the issuer drops the connection.',
      told({ state: 'spent', count: 2, hits: 2, seen: 2 }),
    ],
  ])('%s', (sentence, fault) => {
    expect(faultSentence(fault)).toBe(sentence)
  })

  it('finds a fault by what it does and to whom, and says how often it struck', () => {
    const fault = aFault({ hits: 1, count: 2 })
    for (const search of ['lost', 'DEMO-SPA refreshe', 'armed drops', 'token', ''])
      expect([search, matchesFault({ ...fault, count: 3 }, search)]).toEqual([search, true])
    expect(matchesFault(fault, 'jwks')).toBe(false)
    expect([hitsWords(fault), hitsWords(aFault({ hits: 4 }))]).toEqual(['1 of 2', '4'])
  })
})

describe('the form of a fault', () => {
  const faults = [
    ...faultPresets.map(({ fault }) => newFault.parse(fault)),
    ...kinds.map((kind) =>
      newFault.parse({
        name: kind,
        match: {
          clientId: kind === 'jwks' ? null : 'demo-web',
          parameter: { name: 'state', value: null },
          issuers: ['default'],
          method: 'OPTIONS',
        },
        skip: 2,
        every: 3,
        count: 4,
        action: faultActions[kind].example,
      }),
    ),
  ]

  it('gives back every fault as it was given it', () => {
    for (const { enabled: _, ...fault } of faults) expect(toParts(toForm(fault))).toEqual(fault)
  })

  it.each(kinds)('has a field for all that an action of kind %s is made of', (kind) => {
    const { kind: _, ...members } = faultAction.parse(faultActions[kind].example)
    const fields = actionFields(kind, []).map(({ field }) => field)
    expect(fields.toSorted()).toEqual(Object.keys(members).toSorted())
  })

  it('has a field for every condition and number, and none twice', () => {
    const known = { clients: [], users: [], issuers: ['default', 'tenant-a'] }
    const fields = [...matchFields(blankForm(), known), ...frequencyFields].map(({ field }) => field)
    const { name: _, action: __, endpoints: ___, ...rest } = blankForm()
    expect(fields.toSorted()).toEqual(Object.keys(rest).toSorted())
  })

  it('offers nothing that the contract would refuse', () => {
    const token = findFaultEndpoint('token')!
    for (const kind of kinds)
      for (const { field, control } of actionFields(kind, [token])) {
        if (control.kind !== 'choice') continue
        for (const { value } of control.options)
          expect([kind, value, readAction({ ...exampleOf(kind), [field]: value })]).toEqual([
            kind,
            value,
            expect.anything(),
          ])
      }
  })

  it('leaves rows without a name out, and takes an emptied field for its default', () => {
    const form: FaultForm = {
      ...blankForm(),
      skip: null,
      every: null,
      count: null,
      action: {
        kind: 'redirect',
        set: [
          ['', 'x'],
          ['state', null],
        ],
      },
    }
    expect(toParts(form)).toMatchObject({
      skip: 0,
      every: 1,
      count: null,
      action: { kind: 'redirect', set: { state: null } },
    })
    expect(
      toParts({ ...form, action: { kind: 'error', code: 'invalid_grant', description: null } }).action,
    ).toEqual({
      kind: 'error',
      code: 'invalid_grant',
      description: '',
    })
  })

  it('cannot be saved while its JSON is none', () => {
    const form = (patch: unknown): FaultForm => ({ ...blankForm(), action: { kind: 'patch', patch } })
    expect([hasBroken(form('{ "a": ')), hasBroken(form({ a: 1 }))]).toEqual([true, false])
    expect(readAction(form('{ "a": ').action)).toBeNull()
  })

  it('is called by what it does where it has no name', () => {
    expect(nameOf({ ...blankForm(), action: { kind: 'hang', when: 'before' } })).toBe(
      'Does nothing, and never answers',
    )
    expect(nameOf({ ...blankForm(), name: 'Mine' })).toBe('Mine')
    const long = { kind: 'patch' as const, patch: { ['x'.repeat(200)]: 1 } }
    expect(nameOf({ ...blankForm(), action: long })).toHaveLength(100)
  })

  it('sends the parts that were edited, a match and an action whole', () => {
    const form = { ...toForm(aFault()), clientId: null, count: 5 }
    expect(toChanges(form, { clientId: null, count: 5 })).toEqual({
      match: { ...faultMatch.parse({ endpoints: ['token'], grantType: 'refresh_token' }) },
      count: 5,
    })
    expect(toChanges(form, { name: 'Lost' })).toEqual({ name: 'Lost' })
  })

  it('shows what the core refuses at the field it is about', () => {
    const issues = [
      { path: 'changes.match.endpoints.0', message: 'names "jwks"' },
      { path: 'changes.match.parameter.name', message: 'must not be empty' },
      { path: 'changes.action.ms', message: 'must be at most 600000' },
      { path: 'changes.match', message: 'is met by no request' },
    ]
    expect(formErrors(issues, ['ms', 'when'], 'changes')).toMatchObject({
      fields: { endpoints: '0: names "jwks"', parameterName: 'must not be empty' },
      action: { ms: 'must be at most 600000' },
      rest: ['changes.match is met by no request'],
    })
  })
})

describe('where a fault can strike', () => {
  const form = (fields: Partial<FaultForm>): FaultForm => ({ ...blankForm(), endpoints: [], ...fields })

  it('follows the action and the conditions', () => {
    expect(strikesOf(form({ action: exampleOf('jwks') }))).toEqual(['jwks'])
    expect(strikesOf(form({ action: exampleOf('hang'), grantType: 'password' }))).toEqual([
      'token',
      'refresh',
    ])
    expect(strikesOf(form({ action: exampleOf('hang'), endpoints: ['me'] }))).toEqual(['me'])
  })

  it('is said with the reason where it is nowhere, or not at what is named', () => {
    expect(misfitWords(form({ action: exampleOf('jwks'), endpoints: ['token'] }))).toBe(
      'It would never take effect at token, which is no JWKS.',
    )
    expect(misfitWords(form({ action: exampleOf('jwks'), clientId: 'demo-spa' }))).toMatch(/no request/)
    expect(misfitWords(form({ action: exampleOf('hang') }))).toBeNull()
  })

  it('rules nothing out while the action is not whole', () => {
    const half = form({ action: { kind: 'patch', patch: '{ "a"' } })
    expect(fitnessOf(half).every(({ reason }) => reason === null)).toBe(true)
  })
})

describe('presets', () => {
  it('are each in one group, and found by what they are about', () => {
    const grouped = groupPresets(faultPresets).flatMap(({ presets }) => presets)
    expect(grouped.toSorted((a, b) => a.id.localeCompare(b.id))).toEqual(
      faultPresets.toSorted((a, b) => a.id.localeCompare(b.id)),
    )
    const found = faultPresets.filter((preset) => matchesPreset(preset, 'retry 429'))
    expect(found.map(({ id }) => id)).toEqual(['rate-limited'])
  })

  it('are under the head that says what goes wrong', () => {
    const heads = new Map(
      groupPresets(faultPresets).flatMap(({ title, presets }) =>
        presets.map(({ id }) => [id, title] as const),
      ),
    )
    expect(heads.get('refresh-lost')).toBe('Refresh')
    expect(heads.get('jwks-stale')).toBe('Keys and metadata')
    expect(heads.get('wrong-nonce')).toBe('Tokens that are not right')
    expect(heads.get('mix-up')).toBe('Logins')
  })
})

describe('a fault that was deleted', () => {
  it('comes back in its place, with its id and counters, beside those that came meanwhile', () => {
    const deleted = aFault({ hits: 2, seen: 5, lastHitAt: 7 })
    const file = withFault([aFault({ id: 'f0' }), aFault({ id: 'f2' })], deleted, 1)
    const { faults } = scenarioFile.parse(file)
    expect(faults.map(({ id }) => id)).toEqual(['f0', 'f1', 'f2'])
    expect(faults[1]).toEqual(
      filedFault.parse({
        id: 'f1',
        name: 'Lost',
        match: deleted.match,
        action: deleted.action,
        counters: { seen: 5, hits: 2, lastHitAt: 7 },
      }),
    )
  })

  it('and a copy are two things: the copy is disarmed, counts from nothing, and has a name that fits', () => {
    const copy = newFault.parse(copyOf(aFault({ name: 'x'.repeat(100), hits: 2 })))
    expect(copy).toMatchObject({ enabled: false, match: aFault().match })
    expect(copy.name).toMatch(/x \(copy\)$/)
  })
})
