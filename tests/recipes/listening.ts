import { onTestFinished } from 'vitest'
import { listen } from '../../electron/host/listen.ts'
import type { Core } from '../../electron/server/core.ts'
import { createDispatch } from '../../electron/server/dispatch.ts'
import { openCore } from '../../electron/server/open-core.ts'
import { createHandlers } from '../../electron/server/operations/index.ts'
import type { GrantscopeOptions, Listening } from '../../electron/server/options.ts'
import { byFetch } from '../../electron/server/provider/fetch.ts'
import { createAnswer } from '../../electron/server/provider/provider.ts'
import { listItems } from '../../electron/server/store/items.ts'
import { type ContractClient, createClient } from '../../shared/contract/client.ts'
import type { Settings } from '../../shared/contract/settings.ts'
import { directTransport } from '../support/core.ts'

type Answerer = (request: Request) => Promise<Response>

export interface ListeningOptions {
  settings?: Partial<Settings>
  core?: Partial<GrantscopeOptions>
  tls?: { key: string; cert: string }
  /** How the core's own requests travel. */
  fetch?: (issuer: string) => Listening['fetch']
  /** Stands between socket and issuer: the place to break a rule. */
  between?: (request: Request, issuer: Answerer, core: Core) => Promise<Response>
}

export interface ListeningCore {
  core: Core
  client: ContractClient
  issuer: string
  log: string[]
  /** Takes the issuer off its socket, while the core goes on. */
  hangUp(): Promise<void>
}

/** The demo workspace on a real socket of its own. Closed when the test ends. */
export async function openListening(options: ListeningOptions = {}): Promise<ListeningCore> {
  const { settings, tls, between = (request, issuer) => issuer(request) } = options
  const log: string[] = []
  const { core, listening, close } = await openCore({
    database: ':memory:',
    host: 'embedded',
    version: '0.0.0-test',
    workspace: { extends: 'demo', settings: { bcryptCost: 5, signingAlg: 'ES256', ...settings } },
    log: (line) => log.push(line),
    ...options.core,
  })
  const provider = byFetch(createAnswer(core))
  const listener = await listen((request) => between(request, provider, core), {
    host: '127.0.0.1',
    port: 0,
    ...(tls ? { tls } : {}),
  })
  onTestFinished(async () => {
    await listener.close()
    close()
  })
  const issuer = `${tls ? 'https' : 'http'}://127.0.0.1:${listener.port}`
  const fetch = options.fetch?.(issuer)
  listening({ issuer, control: null, warnings: [], ...(fetch ? { fetch } : {}) })
  const dispatch = createDispatch(core, createHandlers(core, provider))
  const client = createClient(directTransport({ dispatch, events: core.events }))
  return { core, client, issuer, log, hangUp: listener.close }
}

/** All a recipe could leave behind. */
export async function workspaceOf({ core, client }: ListeningCore) {
  const [users, clients, scopes, settings, keys, clock, tokens] = await Promise.all([
    client.call('users.list', {}),
    client.call('clients.list', {}),
    client.call('scopes.list', {}),
    client.call('settings.get', {}),
    client.call('keys.list', {}),
    client.call('clock.get', {}),
    client.call('tokens.list', {}),
  ])
  const { offsetMs, frozen } = clock
  return {
    users,
    clients,
    scopes,
    settings,
    keys,
    offsetMs,
    frozen,
    tokens,
    items: listItems(core.database.read),
  }
}
