import { expect, test } from 'vitest'
import { compareTokens } from '../../renderer/features/flows/compare-tokens.ts'
import {
  blankProfile,
  issuerOf,
  toNewProfile,
  toProfileForm,
} from '../../renderer/features/flows/profile-form.ts'
import { bodyForm, withoutBlanks } from '../../renderer/features/flows/request-draft.ts'
import {
  changeOf,
  formatPairs,
  formatUrl,
  parsePairs,
  parseUrl,
  removedNames,
} from '../../renderer/features/flows/request-pairs.ts'
import { toDiagram } from '../../renderer/features/flows/run-diagram.ts'
import { toRunRows } from '../../renderer/features/flows/run-rows.ts'
import { loginsFor, missingParameters, parametersOf } from '../../renderer/features/flows/start-form.ts'
import type { FlowProfile } from '../../shared/contract/operations/flow-profiles.ts'
import { newFlowProfile } from '../../shared/contract/operations/flow-profiles.ts'
import type {
  FlowAttempt,
  FlowKind,
  FlowRunSummary,
  FlowStep,
} from '../../shared/contract/operations/flows.ts'

test('a URL that nobody touched comes back byte for byte, however oddly it was encoded', () => {
  for (const url of [
    'https://as.example.com/authorize?scope=openid%20read&state=a+b&x&=y&redirect_uri=http://127.0.0.1:8/cb%3Fq#f?g',
    'http://127.0.0.1:4400/token',
    'not a url',
  ])
    expect(formatUrl(parseUrl(url))).toBe(url)
})

test('a changed parameter is encoded as a form has it, and the others stay as they were', () => {
  const pairs = parsePairs('scope=openid%20read&state=a+b')
  const changed = pairs.with(1, { ...pairs[1]!, value: 'é & =', raw: null })
  expect(formatPairs(changed)).toBe('scope=openid%20read&state=%C3%A9+%26+%3D')
  expect(new URLSearchParams(formatPairs(changed)).get('state')).toBe('é & =')
})

test('what differs from the original is told by name: changed, added, removed', () => {
  const original = parsePairs('a=1&resource=x&resource=y&gone=1')
  const now = parsePairs('a=2&resource=x&resource=z&new=')
  expect(now.map((_, index) => changeOf(now, index, original))).toEqual([
    'changed',
    'same',
    'changed',
    'added',
  ])
  expect(removedNames(now, original)).toEqual(['gone'])
  expect(removedNames(parsePairs('resource=x'), parsePairs('resource=x&resource=y'))).toEqual(['resource'])
})

test('a request is sent without the rows that were left blank, in its query, headers and form', () => {
  expect(
    withoutBlanks({
      method: 'POST',
      url: ' https://as.example.com/token?a=%20&=',
      headers: [
        ['content-type', 'application/x-www-form-urlencoded'],
        ['', ''],
      ],
      body: '=&grant_type=password&=',
    }),
  ).toEqual({
    method: 'POST',
    url: 'https://as.example.com/token?a=%20',
    headers: [['content-type', 'application/x-www-form-urlencoded']],
    body: 'grant_type=password',
  })
})

test('a body is edited as what its Content-Type says it is', () => {
  const request = (type: string, body: string) => ({
    method: 'POST',
    url: 'http://127.0.0.1/x',
    headers: [['Content-Type', type]] as [string, string][],
    body,
  })
  expect(bodyForm(request('application/x-www-form-urlencoded;charset=UTF-8', 'a=b'))).toBe('form')
  expect(bodyForm(request('application/vnd.api+json', '{}'))).toBe('json')
  expect(bodyForm(request('text/plain', 'a=b'))).toBe('text')
  expect(bodyForm({ ...request('text/plain', ''), headers: [] })).toBe('none')
})

const summary = (id: string, parentRun: string | null = null): FlowRunSummary => ({
  id,
  kind: 'authorization_code',
  label: id,
  profileId: null,
  profileName: 'Built-in',
  hosts: ['127.0.0.1:4400'],
  local: true,
  state: 'open',
  stepCount: 4,
  passedSteps: 0,
  startedAt: 0,
  updatedAt: 0,
  parentRun,
  parentStep: parentRun === null ? null : 1,
  autoRefresh: false,
})

test('branches stand below their parent, and the family with the newest member comes first', () => {
  const newestFirst = [
    summary('b2', 'a'),
    summary('c'),
    summary('b1x', 'b1'),
    summary('b1', 'a'),
    summary('a'),
    summary('orphan', 'deleted'),
  ]
  expect(toRunRows(newestFirst).map(({ run, depth }) => `${'>'.repeat(depth)}${run.id}`)).toEqual([
    'a',
    '>b1',
    '>>b1x',
    '>b2',
    'c',
    'orphan',
  ])
})

const attempt: FlowAttempt = {
  n: 1,
  at: 0,
  by: 'step',
  login: null,
  outcome: 'failed',
  summary: '',
  hops: [
    {
      at: 0,
      durationMs: 12.4,
      request: { method: 'POST', url: 'http://127.0.0.1:4400/token?x=1', headers: [], body: '' },
      response: { status: 400, headers: [], body: '{"error":"invalid_grant"}', truncated: false },
      problem: null,
      exchangeId: 7,
    },
  ],
  redirect: null,
  checks: [],
  kept: [],
}

const step = (index: number, changes: Partial<FlowStep> = {}): FlowStep => ({
  id: 'token',
  title: 'Exchange the code',
  does: '',
  spec: '',
  needs: [],
  gives: [],
  type: 'request',
  index,
  state: 'ready',
  missing: [],
  prepared: null,
  edited: false,
  original: null,
  problem: null,
  attempts: [],
  ...changes,
})

const profile: FlowProfile = {
  id: 'p',
  name: 'Staging',
  issuer: { kind: 'discovery', url: 'https://as.example.com' },
  clientId: 'app',
  authMethod: 'client_secret_basic',
  scope: 'openid',
  resource: null,
  audience: null,
  redirect: { kind: 'loopback', host: 'localhost', port: 8080, path: '/cb' },
  extraParameters: { prompt: 'login', acr: '' },
  hasSecret: true,
  publicJwk: null,
  kept: 'plain',
  createdAt: 0,
  updatedAt: 0,
}

test('the diagram has an arrow for every step: with its answer once it was sent, without before', () => {
  const { lanes, arrows } = toDiagram({
    profile,
    login: { by: 'robot', userId: 'alice' },
    steps: [
      step(0, {
        id: 'authorize',
        type: 'login',
        attempts: [
          {
            ...attempt,
            outcome: 'passed',
            redirect: 'http://127.0.0.1:9/cb?error=access_denied&state=x',
            kept: ['code', 'id_token'],
          },
        ],
      }),
      step(1, { attempts: [attempt, { ...attempt, n: 2 }] }),
      step(2, { id: 'api' }),
    ],
  })
  expect(lanes.map(({ id, who }) => [id, who])).toEqual([
    ['browser', 'robot as alice'],
    ['client', 'app'],
    ['issuer', null],
    ['api', null],
  ])
  expect(
    arrows.map(({ from, to, request, response, note, refused, born }) => ({
      way: `${from} ${to}`,
      request,
      response,
      note,
      refused,
      born,
    })),
  ).toEqual([
    {
      way: 'browser issuer',
      request: 'POST /token',
      response: 'redirect access_denied',
      note: null,
      refused: false,
      born: ['id_token'],
    },
    {
      way: 'client issuer',
      request: 'POST /token',
      response: '400 invalid_grant',
      note: '2 attempts',
      refused: true,
      born: [],
    },
    { way: 'client api', request: 'Exchange the code', response: null, note: null, refused: false, born: [] },
  ])
})

const kind: FlowKind = {
  id: 'password',
  title: 'Password',
  about: '',
  spec: '',
  login: false,
  appendable: false,
  builtInOnly: false,
  options: ['dpop'],
  parameters: [
    { name: 'username', label: 'User', about: '', type: 'user', required: true, choices: [], default: null },
    { name: 'token', label: 'Token', about: '', type: 'token', required: true, choices: [], default: null },
    { name: 'how', label: 'How', about: '', type: 'choice', required: false, choices: [], default: 'S256' },
  ],
  steps: [],
}

test('only parameters that say something else than their default are sent; a token may come from another run', () => {
  expect(parametersOf({ parameters: { username: 'alice', how: 'S256', unknown: 'x' } }, kind)).toEqual({
    username: 'alice',
  })
  expect(parametersOf({ parameters: { how: '' } }, kind)).toEqual({ how: '' })
  const form = {
    kind: kind.id,
    profileId: null,
    label: '',
    parameters: {},
    dpop: false,
    by: 'robot' as const,
    userId: null,
    from: null,
  }
  expect(missingParameters(form, kind).map(({ name }) => name)).toEqual(['username', 'token'])
  expect(missingParameters({ ...form, from: 'run' }, kind).map(({ name }) => name)).toEqual(['username'])
})

test('a robot logs in at issuers of this workspace only', () => {
  const abilities = {
    listener: true,
    opensBrowser: false,
    logins: ['browser' as const, 'robot' as const],
    kept: 'plain' as const,
    keptBy: '',
  }
  expect(loginsFor(abilities, null)).toEqual(['browser', 'robot'])
  expect(loginsFor(abilities, { kind: 'built-in', name: 'other' })).toEqual(['browser', 'robot'])
  expect(loginsFor(abilities, profile.issuer)).toEqual(['browser'])
})

test('a profile goes through its form unchanged, and what the form gives is what the contract takes', () => {
  const { id: _id, hasSecret, publicJwk, kept, createdAt, updatedAt, ...stored } = profile
  expect(newFlowProfile.parse(toNewProfile(toProfileForm(profile)))).toEqual(stored)
  expect(
    issuerOf({
      ...blankProfile,
      issuerKind: 'manual',
      endpoints: { token_endpoint: ' https://as.example.com/token ', jwks_uri: '' },
    }),
  ).toEqual({
    kind: 'manual',
    issuer: null,
    endpoints: { token_endpoint: 'https://as.example.com/token' },
  })
})

const jwt = (claims: object) =>
  [{ alg: 'none' }, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.') +
  '.'

test('two runs are compared token by token and claim by claim', () => {
  const value = (name: string, text: string) => ({ name, value: text, step: 0 })
  expect(
    compareTokens(
      {
        values: [
          value('access_token', jwt({ sub: 'old' })),
          value('access_token', jwt({ sub: 'alice', aud: 'x' })),
        ],
      },
      { values: [value('access_token', jwt({ sub: 'bob', aud: 'x' })), value('refresh_token', 'opaque')] },
    ).map(({ name, claims }) => [name, claims?.map(({ path, change }) => `${path} ${change}`) ?? null]),
  ).toEqual([
    ['access_token', ['sub changed', 'aud same']],
    ['refresh_token', null],
  ])
})
