import { onTestFinished } from 'vitest'
import { createGrantscope, type Grantscope, type GrantscopeOptions } from '../../electron/server/index.ts'
import type { InputOf, OperationName, OutputOf } from '../../shared/contract/operations/index.ts'
import type { Exchange, Verdict } from '../../shared/contract/operations/traces.ts'
import type { WorkspaceFileInput } from '../../shared/contract/workspace-file.ts'

export const ISSUER = 'http://127.0.0.1:4400'

/** 6 April 2031, noon: a whole second, and the first of a TOTP step. */
export const START = Date.UTC(2031, 3, 6, 12)

export type Fields = Record<string, string>
export type Json = Record<string, unknown>

/** What came back, read to its end. */
export interface Answer {
  status: number
  headers: Headers
  text: string
  /** The JSON body; an empty object for a body that is none. */
  body: Json
}

export interface TokenAnswer extends Json {
  access_token: string
  token_type: string
  expires_in: number
  scope: string
  refresh_token?: string
}

export interface TestClock {
  now(): number
  advance(seconds: number): void
}

export interface IssuerOptions extends Partial<Omit<GrantscopeOptions, 'workspace' | 'clock'>> {
  workspace?: Omit<WorkspaceFileInput, 'extends'>
}

export interface Issuer {
  grantscope: Grantscope
  clock: TestClock
  /** Lines the core wrote for its operator: a defect of ours shows here. */
  log: string[]
  send(target: string, init?: RequestInit): Promise<Answer>
  get(path: string, headers?: Fields): Promise<Answer>
  postForm(path: string, fields: Fields, headers?: Fields): Promise<Answer>
  postJson(path: string, body: unknown, headers?: Fields): Promise<Answer>
  /** POST /token */
  token(fields: Fields, headers?: Fields): Promise<Answer>
  /** Tokens of a password login; fails the test when there are none. */
  login(username: string, fields?: Fields): Promise<TokenAnswer>
  /** Carries out an operation of the workbench contract; fails the test when it refuses. */
  call<N extends OperationName>(name: N, input: InputOf<N>): Promise<OutputOf<N>>
  /** The exchange recorded last. */
  lastExchange(): Promise<Exchange>
  /** The check that refused the last request. */
  failedCheck(): Promise<Verdict>
}

export const passwords: Fields = {
  alice: 'wonderland',
  bob: 'builder',
  carol: 'caroling',
  dave: 'davinci',
  erin: 'erindale',
}

export const bearer = (token: string): Fields => ({ authorization: `Bearer ${token}` })
export const basic = (id: string, secret: string): Fields => ({
  authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`,
})
export const cookie = (value: string): Fields => ({ cookie: `session_id=${value}` })

/**
 * An issuer over the demo workspace, in this process, without sockets, on a clock that only the test moves. Closed when
 * the test ends. It signs with ES256, whose keys are made in no time.
 */
export async function openIssuer({ workspace = {}, ...options }: IssuerOptions = {}): Promise<Issuer> {
  const clock = testClock()
  const log: string[] = []
  const grantscope = await createGrantscope({
    database: ':memory:',
    host: 'embedded',
    version: '0.0.0-test',
    clock,
    log: (line) => log.push(line),
    ...options,
    workspace: {
      ...workspace,
      extends: 'demo',
      settings: { bcryptCost: 4, signingAlg: 'ES256', ...workspace.settings },
    },
  })
  onTestFinished(() => grantscope.close())
  return withHelpers(grantscope, clock, log)
}

function testClock(): TestClock {
  let now = START
  return {
    now: () => now,
    advance(seconds) {
      now += seconds * 1000
    },
  }
}

/** The same for a core opened in another way. */
export function withHelpers(grantscope: Grantscope, clock: TestClock, log: string[]): Issuer {
  const send = async (target: string, init?: RequestInit): Promise<Answer> =>
    readAnswer(await grantscope.provider(new Request(new URL(target, ISSUER), init)))
  const requests = requestsBy(send)
  const call = async <N extends OperationName>(name: N, input: InputOf<N>): Promise<OutputOf<N>> => {
    const envelope = await grantscope.dispatch(name, input)
    if (!envelope.ok) throw new Error(`${name}: ${JSON.stringify(envelope.error)}`)
    return envelope.value as OutputOf<N>
  }
  const lastExchange = async () => {
    const { rows } = await call('exchanges.list', { limit: 1 })
    return call('exchanges.get', { id: rows[0]!.id })
  }
  return {
    grantscope,
    clock,
    log,
    ...requests,
    async login(username, fields = {}) {
      const credentials = { grant_type: 'password', username, password: passwords[username] ?? '' }
      const answer = await requests.token({ ...credentials, ...fields })
      if (answer.status !== 200) throw new Error(`${username} cannot log in: ${answer.text}`)
      return answer.body as TokenAnswer
    },
    call,
    lastExchange,
    async failedCheck() {
      const { verdicts } = await lastExchange()
      const failed = verdicts.filter(({ outcome }) => outcome === 'failed')
      if (failed.length !== 1) throw new Error(`${failed.length} checks failed: ${JSON.stringify(failed)}`)
      return failed[0]!
    },
  }
}

/** The kinds of requests there are, by what sends them. */
export function requestsBy(
  send: Issuer['send'],
): Pick<Issuer, 'send' | 'get' | 'postForm' | 'postJson' | 'token'> {
  const postForm: Issuer['postForm'] = (path, fields, headers = {}) =>
    send(path, { method: 'POST', headers, body: new URLSearchParams(fields) })
  return {
    send,
    get: (path, headers = {}) => send(path, { headers }),
    postForm,
    postJson: (path, body, headers = {}) =>
      send(path, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify(body),
      }),
    token: (fields, headers) => postForm('/token', fields, headers),
  }
}

/**
 * The same issuer, asked as sockets ask it: without a Request and a Response in between, whose making takes longer than most
 * answers.
 */
export const bySocket = (issuer: Issuer): Issuer => ({
  ...issuer,
  ...requestsBy(async (target, { method = 'GET', headers, body } = {}) => {
    const fields = new Headers(headers)
    if (body instanceof URLSearchParams) fields.set('content-type', 'application/x-www-form-urlencoded')
    const answer = await issuer.grantscope.answer({
      method,
      url: new URL(target, ISSUER),
      headers: fields,
      body: Buffer.from(body ? String(body) : ''),
    })
    return answerOf(answer.status, new Headers(answer.headers), Buffer.from(answer.body).toString())
  }),
})

export async function readAnswer(response: Response): Promise<Answer> {
  return answerOf(response.status, response.headers, await response.text())
}

function answerOf(status: number, headers: Headers, text: string): Answer {
  const isJson = text !== '' && headers.get('content-type') === 'application/json'
  return { status, headers, text, body: isJson ? JSON.parse(text) : {} }
}
