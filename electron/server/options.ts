import type { Envelope } from '../../shared/contract/envelope.ts'
import type { Cursor, SequencedEvent } from '../../shared/contract/events.ts'
import type { DesktopChanges, DesktopPreferences } from '../../shared/contract/operations/host.ts'
import type { Verdict } from '../../shared/contract/operations/traces.ts'
import type { WorkspaceFileInput } from '../../shared/contract/workspace-file.ts'
import type { Clock } from './clock.ts'
import type { WholeRequest, WholeResponse } from './message.ts'
import type { Random } from './random.ts'
import type { SecretBox } from './secret-box.ts'

export interface GrantscopeOptions {
  /** Database file, made when missing, or ":memory:". */
  database: string
  /** What runs the core; shown in the workbench. */
  host: 'desktop' | 'cli' | 'embedded'
  version: string
  /** Fixed public URL of the default issuer, without a trailing slash. Left out, it is that of the host a request came to. */
  issuer?: string
  /** Host names beside the loopback ones that may name the issuer, in lower case and without a port. */
  allowedHosts?: readonly string[]
  /** Believe X-Forwarded-Proto and X-Forwarded-Host. */
  trustProxy?: boolean
  /** Laid into the workspace when the core opens (`--config`). */
  workspace?: WorkspaceFileInput
  clock?: Clock
  random?: Random
  /** Path of a better-sqlite3 binary other than the packaged one (GRANTSCOPE_SQLITE_BINDING). */
  sqliteBinding?: string
  /** One line for the operator; stderr in the CLI. Never holds a secret. */
  log?: (line: string) => void
  /** What seals client secrets and tokens of other issuers at rest; plain text when left out. */
  secretBox?: SecretBox
}

/** What a host can do for the client side. Each is left out where the host cannot. */
export interface FlowHost {
  redirects?: RedirectListener
  /** Opens a page in the user's browser. False for one that may not be opened. */
  openExternal?(url: string): Promise<boolean>
  /**
   * Opens a page in a window with the session of its partition, which is shared with nothing else and kept nowhere. Closes when
   * `signal` aborts. False for a page that may not be opened.
   */
  loginWindow?(url: string, options: LoginWindow): Promise<boolean>
}

export interface LoginWindow {
  partition: string
  signal: AbortSignal
  /** Told of every page the window is about to go to, with the form it sends there. True for one that it must not ask for. */
  arriving(url: string, form?: string): boolean
}

/** Listens on 127.0.0.1 for browsers that come back from a login. */
export interface RedirectListener {
  /** A port that was free a moment ago. */
  freePort(): Promise<number>
  /**
   * Listens at one path, by GET (query or fragment) or as a form, until a redirect was accepted.
   *
   * @throws when the port is taken
   */
  open(options: RedirectPlace): Promise<OpenRedirect>
}

export interface RedirectPlace {
  port: number
  path: string
  /** Null takes the redirect; else the text says why it is not the one, and listening goes on. */
  accept(parameters: readonly (readonly [string, string])[]): Promise<string | null>
}

export interface OpenRedirect {
  close(): Promise<void>
}

/** How a host lets go of the issuer's port and takes it again. */
export interface ServerSwitch {
  running(): boolean
  stop(): Promise<void>
  /** Rejects when the port is no longer free. */
  start(): Promise<void>
}

/** Where the desktop app keeps what it remembers of itself. */
export interface DesktopStore {
  read(): DesktopPreferences
  change(changes: DesktopChanges): Promise<DesktopPreferences>
}

/** As `fetch` does. */
export type SendRequest = (request: Request, how?: { signal?: AbortSignal }) => Promise<Response>

/** What a host tells the core once its sockets are up. */
export interface Listening {
  /** Where the issuer answers, without a trailing slash. */
  issuer: string
  control: string | null
  /** Where the sample app answers; left out when there is none. */
  sampleApp?: string
  warnings: string[]
  /** How the core's own client side (recipes, flows) sends a request; plain `fetch` when left out. */
  fetch?: SendRequest
  server?: ServerSwitch
  desktop?: DesktopStore
  flows?: FlowHost
}

/** What an API beside the issuer was asked with a token of the issuer's, and answered. */
export interface ApiExchange {
  /** What traces call it. */
  endpoint: string
  request: { method: string; url: string; headers: [string, string][]; body: Uint8Array }
  response: { status: number; headers: [string, string][]; body: Uint8Array }
  durationMs: number
  /** As it came; null when none did. */
  token: string | null
  /** `error` of the answer; null when there is none. */
  error: string | null
  verdicts: Verdict[]
}

export interface EventStream {
  /** The place of the newest event. */
  cursor(): Cursor
  /** Calls the listener for everything after `from` (now, when left out), then live. Returns how to stop. */
  subscribe(listener: (event: SequencedEvent) => void, from?: Cursor): () => void
}

export interface Grantscope {
  /** The issuer. Answers everything; never rejects. */
  answer(request: WholeRequest): Promise<WholeResponse>
  /** The same from Request to Response. A fault may have it reject, as `fetch` does. */
  provider: SendRequest
  /** The workbench contract: look up, parse, call, wrap. Never rejects. */
  dispatch(name: string, input: unknown): Promise<Envelope>
  readonly events: EventStream
  listening(where: Listening): void
  /** Takes note of what an API of the host's answered, for the trace of the login its token comes from. Never rejects. */
  noteApi(exchange: ApiExchange): Promise<void>
  /** Writes what is pending and closes the database. */
  close(): Promise<void>
}

/** The core could not be opened; `message` is one line that says what and how to mend it. */
export class OpenError extends Error {
  override readonly name = 'OpenError'
}
