import { createLocalJWKSet, decodeJwt, type JSONWebKeySet, jwtVerify } from 'jose'
import { describe, expect, test } from 'vitest'
import { endpoints } from '../../electron/server/provider/routes.ts'
import { type FaultAction, type FaultKind, faultActions } from '../../shared/contract/faults/actions/index.ts'
import {
  type FaultEndpoint,
  faultEndpoints,
  type TokenMember,
} from '../../shared/contract/faults/endpoints.ts'
import { type NewFault, newFault } from '../../shared/contract/faults/fault.ts'
import { tokenBreaks } from '../../shared/protocol/breaks/index.ts'
import { ISSUER, type Issuer } from '../support/issuer.ts'
import { openFaultWorld, type Send, visit, visitRedirect } from './faults-world.ts'

// The pitfall: a fault rule that does nothing on some endpoints. What is not refused when a fault is stored is shown to take effect here,
// for every action and every endpoint it may name.

type Action = NewFault['action']

const kinds = Object.keys(faultActions) as FaultKind[]

/** What is said of a fault of this action at one endpoint; null when it may be stored. */
function refusalOf(action: Action, endpoint: string): string | null {
  const parsed = newFault.safeParse({ name: 'x', match: { endpoints: [endpoint] }, action })
  return parsed.success ? null : parsed.error.issues[0]!.message
}

/** Of every action the forms that differ in where or when they strike. */
function forms(kind: FaultKind, { errors, tokens }: FaultEndpoint): Action[] {
  switch (kind) {
    case 'error':
      return errors.map((code) => ({ kind, code }))
    case 'delay':
      return [
        { kind, ms: 60, when: 'before' },
        { kind, ms: 60, when: 'after' },
      ]
    case 'hang':
    case 'drop':
      return [
        { kind, when: 'before' },
        { kind, when: 'after' },
      ]
    case 'claims':
      return tokens.map((token) => ({ kind, token, patch: { struck: true } }))
    // They have tests of their own.
    case 'break':
    case 'jwks':
      return []
    case 'answer':
      return [{ kind, status: 418, headers: [['x-struck', 'yes']], body: 'struck' }]
    case 'cut':
      return [
        { kind, percent: 50 },
        { kind, percent: 0 },
      ]
    case 'content':
      return [{ kind, contentType: 'text/x-struck', body: 'struck' }]
    case 'patch':
      return [{ kind, patch: { struck: true } }]
    case 'redirect':
      return [{ kind, set: { struck: 'yes', state: null } }]
  }
}

const withRedirect: FaultKind[] = ['error', 'redirect', 'claims', 'break']

/** Actions by kind and endpoint, where they may be stored. */
const cases = kinds.flatMap((kind) =>
  faultEndpoints.flatMap((endpoint) => {
    const actions = forms(kind, endpoint).filter((action) => refusalOf(action, endpoint.name) === null)
    return actions.length === 0 ? [] : [{ kind, endpoint: endpoint.name, actions }]
  }),
)

function saying(action: Action): string {
  const { kind, ...rest } = action
  return `${kind} ${Object.values(rest)
    .map((value) => (typeof value === 'object' ? JSON.stringify(value) : value))
    .join(' ')}`
}

/** Answered or not: what a client has of it after so long. */
async function answered(send: Send, patience = 5_000): Promise<Response | Error> {
  const late = new Promise<Error>((resolve) => setTimeout(resolve, patience, new Error('no answer')))
  return Promise.race([late, send().catch((error: Error) => error)])
}

const locationOf = (answer: Response): URLSearchParams => {
  const { search, hash } = new URL(answer.headers.get('location') ?? '', ISSUER)
  return new URLSearchParams(hash === '' ? search : hash.slice(1))
}

/** A token of the answer, wherever it stands. */
async function tokenOf(answer: Response, member: TokenMember): Promise<string> {
  const found = answer.headers.has('location')
    ? locationOf(answer).get(member)
    : ((await answer.json()) as Record<string, unknown>)[member]
  expect(found, member).toEqual(expect.any(String))
  return String(found)
}

type Effect<A = FaultAction> = (send: Send, action: A) => Promise<void>

const good = async (send: Send): Promise<Response> => {
  const answer = await answered(send)
  if (answer instanceof Error) throw answer
  return answer
}

/** How each action shows. */
const effects: {
  readonly [K in Exclude<FaultKind, 'break' | 'jwks'>]: Effect<Extract<FaultAction, { kind: K }>>
} = {
  async error(send, { code }) {
    const answer = await good(send)
    if (answer.headers.has('location')) return expect(locationOf(answer).get('error')).toBe(code)
    const text = await answer.text()
    expect(answer.status).toBeGreaterThanOrEqual(400)
    if (!answer.headers.get('content-type')?.startsWith('text/html'))
      return expect(JSON.parse(text).error).toBe(code)
    expect(text).toContain(`<dd>${code}</dd>`)
  },
  async answer(send) {
    const answer = await good(send)
    expect([answer.status, answer.headers.get('x-struck'), await answer.text()]).toEqual([
      418,
      'yes',
      'struck',
    ])
  },
  async delay(send, { ms }) {
    const began = performance.now()
    expect((await good(send)).status).toBeLessThan(400)
    expect(performance.now() - began).toBeGreaterThanOrEqual(ms - 1)
  },
  async hang(send) {
    expect(await answered(send, 150)).toEqual(new Error('no answer'))
  },
  async drop(send) {
    expect(await answered(send)).toEqual(new TypeError('fetch failed'))
  },
  async cut(send) {
    const answer = await good(send)
    expect(answer.status).toBeLessThan(400)
    await expect(answer.text()).rejects.toThrow('terminated')
  },
  async content(send) {
    const answer = await good(send)
    expect([answer.headers.get('content-type'), await answer.text()]).toEqual(['text/x-struck', 'struck'])
  },
  async patch(send) {
    expect(await (await good(send)).json()).toMatchObject({ struck: true })
  },
  async redirect(send) {
    const parameters = locationOf(await good(send))
    expect([parameters.get('struck'), parameters.has('state')]).toEqual(['yes', false])
  },
  async claims(send, { token }) {
    expect(decodeJwt(await tokenOf(await good(send), token)).struck).toBe(true)
  },
}

async function arm(issuer: Issuer, endpoint: string, action: Action) {
  const fault = await issuer.call('faults.create', {
    name: saying(action),
    match: { endpoints: [endpoint] },
    action,
  })
  return async () => {
    const { hits } = await issuer.call('faults.get', { id: fault.id })
    await issuer.call('faults.delete', {})
    return hits
  }
}

test('the endpoints faults can name are those of the issuer, with their methods', () => {
  const real = new Map(endpoints.map(({ name, methods }) => [name, [...methods].sort()]))
  expect(new Map(faultEndpoints.map(({ name, methods }) => [name, [...methods].sort()]))).toEqual(real)
})

test('every action can take effect somewhere', () => {
  for (const kind of kinds.filter((kind) => kind !== 'break' && kind !== 'jwks'))
    expect(
      cases.some((one) => one.kind === kind),
      kind,
    ).toBe(true)
})

describe('every action takes effect on every endpoint it may name', () => {
  test.each(cases)('$kind at $endpoint', async ({ kind, endpoint, actions }) => {
    const issuer = await openFaultWorld()
    for (const action of actions) {
      const send = await (withRedirect.includes(kind) ? visitRedirect : visit)(issuer, endpoint)
      const hits = await arm(issuer, endpoint, action)
      const effect = effects[kind as keyof typeof effects] as Effect
      await effect(send, newFault.parse({ name: 'x', action }).action)
      expect(await hits(), saying(action)).toBe(1)
    }
  })
})

describe('every way to break a token takes effect wherever it may be named', () => {
  const places = faultEndpoints.flatMap(({ name, tokens }) => tokens.map((token) => ({ name, token })))

  test.each(places)(
    '$name: $token',
    async ({ name, token }) => {
      const issuer = await openFaultWorld()
      for (const { id: breakId, right } of tokenBreaks) {
        const action = { kind: 'break', token, breakId } as const
        if (refusalOf(action, name) !== null) continue
        const send = await visitRedirect(issuer, name)
        const hits = await arm(issuer, name, action)
        const broken = await tokenOf(await good(send), token)
        expect(await hits(), breakId).toBe(1)
        if (right === 'refuse') expect(await isAccepted(issuer, token, broken), breakId).toBe(false)
      }
    },
    60_000,
  )
})

/** Whether somebody who verifies it as they should takes the token. */
async function isAccepted(issuer: Issuer, member: TokenMember, token: string): Promise<boolean> {
  if (/[^\w.-]/.test(token)) return false
  if (member === 'refresh_token')
    return (await issuer.postForm('/refresh', { refresh_token: token })).status === 200
  const jwks = createLocalJWKSet((await issuer.get('/jwks')).body as unknown as JSONWebKeySet)
  const options = {
    issuer: ISSUER,
    audience: member === 'access_token' ? ISSUER : ['front', 'demo-web', 'demo-spa'],
    typ: member === 'access_token' ? 'at+jwt' : 'JWT',
    algorithms: ['ES256'],
    requiredClaims: ['exp'],
    currentDate: new Date(issuer.clock.now()),
  }
  return jwtVerify(token, jwks, options).then(
    () => true,
    () => false,
  )
}

test('a token that nothing has broken is taken', async () => {
  const issuer = await openFaultWorld()
  for (const { name, tokens } of faultEndpoints)
    for (const token of tokens) {
      const send = await visitRedirect(issuer, name)
      expect(
        await isAccepted(issuer, token, await tokenOf(await good(send), token)),
        `${name} ${token}`,
      ).toBe(true)
    }
})

describe('every action is refused on every endpoint where it could not', () => {
  const refused = kinds.flatMap((kind) => {
    const action = faultActions[kind].example as Action
    const places = faultEndpoints.flatMap(({ name }) => {
      const message = refusalOf(action, name)
      return message === null ? [] : [{ name, message }]
    })
    return places.length === 0 ? [] : [{ kind, action, places }]
  })

  test.each(refused)('$kind', async ({ action, places }) => {
    const issuer = await openFaultWorld()
    for (const { name, message } of places) {
      expect(message).toMatch(new RegExp(`^names "${name}", wh.*: it would never take effect there$`))
      const match = { endpoints: [name] }
      const envelope = await issuer.grantscope.dispatch('faults.create', { name: 'x', match, action })
      const issues = [{ path: 'match.endpoints.0', message }]
      expect(envelope).toMatchObject({ ok: false, error: { code: 'invalid_input', issues } })
    }
    expect(await issuer.call('faults.list', {})).toEqual([])
  })
})
