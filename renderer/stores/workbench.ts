import { type ContractClient, createClient, type Transport } from '../../shared/contract/client.ts'
import type { ContractError } from '../../shared/contract/envelope.ts'
import type { SequencedEvent } from '../../shared/contract/events.ts'
import { createClock, type IssuerClock, type Timers } from './clock.ts'
import type { ReportFailure } from './commands.ts'
import { type Connection, createConnection } from './connection.ts'
import { createDrafts, type Drafts } from './drafts.ts'
import { createExchangeFeed, type ExchangeFeed } from './exchange-feed.ts'
import { createIncoming, type Incoming } from './incoming.ts'
import { createLab, type Lab } from './lab.ts'
import { openLinkedTokens } from './lab-link.ts'
import { type Address, createNavigation, type Navigation } from './navigation.ts'
import { createNotices, type Notices } from './notices.ts'
import { createQueries, type Queries } from './queries.ts'
import { causeOf } from './query-table.ts'
import { createRecipeRuns, type RecipeRuns } from './recipe-runs.ts'
import { createShortcuts, type Shortcuts } from './shortcuts.ts'
import { createTheme, type Storage, type ThemeStore } from './theme.ts'
import { createTraffic, type Traffic } from './traffic.ts'

/** All state of one workbench window, without React. */
export interface Workbench {
  client: ContractClient
  connection: Connection
  navigation: Navigation
  theme: ThemeStore
  clock: IssuerClock
  /** This machine's time, for what happens outside the issuer; ticks with the issuer's clock. */
  realTime: Pick<IssuerClock, 'now' | 'subscribe'>
  traffic: Traffic
  queries: Queries
  drafts: Drafts
  feed: ExchangeFeed
  recipeRuns: RecipeRuns
  /** What lies in the JWT lab. */
  lab: Lab
  /** Files and links that came from outside. */
  incoming: Incoming
  /** Which keys do what. */
  shortcuts: Shortcuts
  /** Whether refused requests are told by the browser. */
  notices: Notices
  report: ReportFailure
  /** Calls the listener for every event of the core. Returns how to stop. */
  onEvent(listener: (event: SequencedEvent) => void): () => void
  close(): void
}

export interface WorkbenchEnvironment {
  /** Gets the connection, so that a transport can say its token was refused. */
  transport: (connection: Connection) => Transport
  address: Address
  storage: Storage
  timers: Timers
  defer: (run: () => void) => void
  report: ReportFailure
}

export function createWorkbench(environment: WorkbenchEnvironment): Workbench {
  const { timers } = environment
  const connection = createConnection()
  const client = watchRefusals(createClient(environment.transport(connection)), connection)
  const navigation = createNavigation(environment.address)
  const clock = createClock(timers)
  const traffic = createTraffic(timers.now)
  const queries = createQueries(client, { defer: environment.defer })
  const feed = createExchangeFeed(client, { defer: environment.defer })
  const lab = createLab(client)
  const stopLinks = openLinkedTokens(navigation, lab)
  const incoming = createIncoming(navigation, lab, environment.report)
  const listeners = new Set<(event: SequencedEvent) => void>()

  const readClock = () => client.call('clock.get', {}).then(clock.follow, () => {})

  const stop = client.subscribe({
    onEvent(event) {
      if (event.type === 'exchange') traffic.note()
      if (event.type === 'clock') clock.follow(event.clock)
      if (event.type === 'resync') void readClock()
      queries.invalidate(causeOf(event))
      feed.note(event)
      for (const listener of listeners) listener(event)
    },
    onState(state) {
      if (state === 'closed') return connection.lost()
      // Whatever failed while the core was away is read again.
      if (connection.store.getState().state === 'closed') {
        queries.invalidate(null)
        feed.invalidate()
      }
      connection.opened()
      void readClock()
    },
  })

  return {
    client,
    connection,
    navigation,
    theme: createTheme(environment.storage),
    clock,
    realTime: { now: timers.now, subscribe: clock.subscribe },
    traffic,
    queries,
    drafts: createDrafts(),
    feed,
    recipeRuns: createRecipeRuns(client, environment.report),
    lab,
    incoming,
    shortcuts: createShortcuts(environment.storage),
    notices: createNotices(environment.storage),
    report: environment.report,
    onEvent(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    close() {
      stop()
      stopLinks()
      incoming.close()
      navigation.close()
    },
  }
}

function watchRefusals(client: ContractClient, connection: Connection): ContractClient {
  return {
    ...client,
    async call(name, input) {
      try {
        return await client.call(name, input)
      } catch (error) {
        if ((error as ContractError).code === 'unauthorized') connection.refused()
        throw error
      }
    },
  }
}
