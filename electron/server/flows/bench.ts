import { ContractError } from '../../../shared/contract/envelope.ts'
import { newClient } from '../../../shared/contract/operations/clients.ts'
import type { Verdict } from '../../../shared/contract/operations/traces.ts'
import { newUser } from '../../../shared/contract/operations/users.ts'
import { isJsonObject, type JsonObject } from '../../../shared/protocol/jwt.ts'
import type { Core } from '../core.ts'
import { clientHandlers } from '../operations/clients.ts'
import { userHandlers } from '../operations/users.ts'
import { randomId } from '../random.ts'
import { findExchange } from '../store/exchanges.ts'
import { transmit } from '../transmit.ts'
import { whyUnreachable } from '../unreachable.ts'

/** An HTTP request to the issuer, as a client would send it. */
export interface Ask {
  /** POST when there is a body, else GET. */
  method?: 'GET' | 'POST'
  path: string
  bearer?: string
  cookie?: string
  form?: Record<string, string>
  json?: unknown
}

export interface Answer {
  exchangeId: number | null
  status: number
  headers: Headers
  text: string
  /** The JSON object of the body; empty when it is none. */
  body: JsonObject
}

export interface Person {
  /** The `sub` of their tokens. */
  id: string
  username: string
  password: string
}

/** What a recipe works with: the issuer's socket, and a user and a client that are there for this run alone. */
export interface Bench {
  readonly core: Core
  /** Where requests go, without a trailing slash. */
  readonly url: string
  /** `iss` of the tokens that come from there. */
  readonly issuer: string
  /** A public client for the password and refresh_token grants, for any scope. */
  readonly clientId: string
  readonly person: Person
  addPerson(password: string): Promise<Person>
  send(ask: Ask): Promise<Answer>
  /** The exchange of the last `send` since the last call; null when there was none. */
  takeExchangeId(): number | null
  /** What a check of the issuer said about an exchange. */
  verdictOf(answer: Answer, check: string): Verdict['outcome'] | 'not run'
  /** Hands a value on to later steps; something else than a text is not handed on. */
  keep(name: string, value: unknown): void
  /** @throws StepFailure when no earlier step could keep it */
  kept(name: string): string
  /** Something to undo when the run is over, in the reverse order of being told. */
  atEnd(undo: () => unknown): void
  close(): Promise<void>
}

/** Why a step cannot be carried out, as a sentence for the reader. */
export class StepFailure extends Error {
  override readonly name = 'StepFailure'
}

const TIMEOUT_MS = 15_000

/** @throws ContractError `refused` when the issuer is on no socket */
export async function openBench(core: Core, title: string): Promise<Bench> {
  const where = core.where()
  if (!where) {
    throw new ContractError(
      'refused',
      'This issuer is on no socket, so there is nowhere to send requests to.',
    )
  }
  const undoings: (() => unknown)[] = []
  const close = () => undoAll(core, undoings)
  try {
    const clientId = addClient(core, title, undoings)
    const addPerson = (password: string) => addUser(core, password, undoings)
    const person = await addPerson(randomId(core.random))
    const sender = createSender(core, where.issuer)
    return {
      ...sender,
      ...createNotes(),
      core,
      url: where.issuer,
      issuer: core.options.issuer ?? where.issuer,
      clientId,
      person,
      addPerson,
      atEnd: (undo) => void undoings.push(undo),
      verdictOf: (answer, check) => verdictOf(core, answer, check),
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}

/** Two runs at once, or a user's own data, must not meet: so names are random. */
const throwAwayName = (core: Core): string => `recipe-${randomId(core.random, 6)}`

async function addUser(core: Core, password: string, undoings: (() => unknown)[]): Promise<Person> {
  const handlers = userHandlers(core)
  const username = throwAwayName(core)
  const { id } = await handlers['users.create'](newUser.parse({ username, password, name: 'Recipe user' }))
  undoings.push(() => handlers['users.delete']({ id }))
  return { id, username, password }
}

function addClient(core: Core, title: string, undoings: (() => unknown)[]): string {
  const handlers = clientHandlers(core)
  const id = throwAwayName(core)
  // What is taught are the standard rules, also while the issuer is set to be lenient.
  const settings = { grantTypes: ['password', 'refresh_token'], profile: 'standard' }
  handlers['clients.create'](newClient.parse({ id, name: `Recipe: ${title}`, ...settings }))
  undoings.push(() => handlers['clients.delete']({ id }))
  return id
}

async function undoAll(core: Core, undoings: (() => unknown)[]): Promise<void> {
  for (const undo of undoings.splice(0).reverse()) {
    try {
      await undo()
    } catch (error) {
      // Somebody, or the recipe itself, may have removed it before.
      const gone = error instanceof ContractError && error.code === 'not_found'
      if (!gone) core.log(`a recipe could not clean up: ${error instanceof Error ? error.message : error}`)
    }
  }
}

function createSender(core: Core, url: string) {
  let last: number | null = null
  return {
    async send(ask: Ask): Promise<Answer> {
      const requestId = `recipe-${randomId(core.random)}`
      const request = toRequest(ask, url, requestId)
      const limit = AbortSignal.timeout(TIMEOUT_MS)
      const response = await transmit(core, request, limit).catch((error: unknown) => {
        throw new StepFailure(`${url}${ask.path} could not be reached: ${whyUnreachable(error)}`)
      })
      const text = await response.text()
      last = core.recorder.exchangeOf(requestId) ?? null
      const { status, headers } = response
      return { exchangeId: last, status, headers, text, body: jsonObject(text) }
    },
    takeExchangeId(): number | null {
      const taken = last
      last = null
      return taken
    },
  }
}

function toRequest(
  { path, method, bearer, cookie, form, json }: Ask,
  url: string,
  requestId: string,
): Request {
  const headers = new Headers({ 'x-request-id': requestId, accept: 'application/json' })
  if (bearer !== undefined) headers.set('authorization', `Bearer ${bearer}`)
  if (cookie !== undefined) headers.set('cookie', cookie)
  if (json !== undefined) headers.set('content-type', 'application/json')
  const body = form ? new URLSearchParams(form) : json === undefined ? null : JSON.stringify(json)
  return new Request(url + path, {
    method: method ?? (body === null ? 'GET' : 'POST'),
    headers,
    body,
    redirect: 'manual',
  })
}

function jsonObject(text: string): JsonObject {
  try {
    const parsed: unknown = JSON.parse(text)
    return isJsonObject(parsed) ? parsed : {}
  } catch {
    return {}
  }
}

function createNotes() {
  const notes = new Map<string, string>()
  return {
    keep(name: string, value: unknown): void {
      if (typeof value === 'string') notes.set(name, value)
    },
    kept(name: string): string {
      const value = notes.get(name)
      if (value === undefined) throw new StepFailure(`An earlier step got no ${name}.`)
      return value
    },
  }
}

function verdictOf(core: Core, { exchangeId }: Answer, check: string): Verdict['outcome'] | 'not run' {
  core.recorder.flush()
  const exchange = exchangeId === null ? undefined : findExchange(core.database.read, exchangeId)
  return exchange?.verdicts.find((verdict) => verdict.check === check)?.outcome ?? 'not run'
}
