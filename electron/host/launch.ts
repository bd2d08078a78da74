import { randomBytes } from 'node:crypto'
import { dirname, join, resolve } from 'node:path'
import type { WorkspaceFileInput } from '../../shared/contract/workspace-file.ts'
import {
  createGrantscope,
  type DesktopStore,
  type FlowHost,
  type Grantscope,
  type GrantscopeOptions,
  type SecretBox,
  type SendRequest,
  type ServerSwitch,
} from '../server/index.ts'
import { isLoopback, localUrl } from './address.ts'
import type { Certificate } from './certificate.ts'
import { createControlApi } from './control-api.ts'
import type { Bound } from './control-guard.ts'
import { dataFolder } from './data-folder.ts'

export { ListenError } from './listen.ts'

import { deferred } from './deferred.ts'
import { bindIssuer } from './issuer-socket.ts'
import { listen } from './listen.ts'
import { redirectListener } from './redirect-listener.ts'
import { bindSampleApp } from './sample-app/bind.ts'
import { sampleAppUrl } from './sample-app/sample-app.ts'
import { removeState, writeState } from './state-file.ts'
import { createStaticUi } from './static-ui.ts'
import { createTrustingFetch } from './trusting-fetch.ts'

export interface LaunchOptions {
  kind: 'desktop' | 'cli'
  version: string
  /** Database file or ":memory:". */
  database: string
  /** Address to bind, "127.0.0.1" unless the user asked for wider. */
  host: string
  /** The issuer's port; 0 picks a free one. */
  port: number
  /** Take a free port, with a warning, when `port` is in use. */
  portMayMove?: boolean
  /** The control API's port; null leaves it off. */
  controlPort: number | null
  /** Folder of the built workbench to serve on the control port; null serves none. */
  ui: string | null
  /** The sample app's port; left out or null for none. With `mayMove` a free port will do, and none at all. */
  sampleApp?: { port: number; mayMove: boolean } | null
  https?: boolean
  /** The issuer's fixed public URL. */
  issuer?: string
  /** Host names beside the loopback ones that may name the issuer. */
  allowedHosts?: readonly string[]
  /** Believe X-Forwarded-Proto and X-Forwarded-Host. */
  trustProxy?: boolean
  workspace?: WorkspaceFileInput
  sqliteBinding?: string
  /** Where to note how this launch is reached, for other commands to find. */
  stateFile: string
  log: (line: string) => void
  desktop?: DesktopStore
  /** What seals secrets of other issuers; plain text when left out. */
  secretBox?: SecretBox
  /** How logins are opened; redirects are listened for in any case. */
  logins?: Pick<FlowHost, 'openExternal' | 'loginWindow'>
}

export interface Launched {
  core: Grantscope
  /** Where the issuer answers on this machine. */
  issuer: string
  /** Where the control API answers, and the token it wants; null when it is off. */
  control: string | null
  token: string | null
  /** Where the sample app answers; null when it is off. */
  sampleApp: string | null
  warnings: string[]
  certificate: Certificate | null
  /** Closes and opens the issuer's port; control API and core go on. */
  server: ServerSwitch
  /** Ends streams, sockets and core, in this order. Calling it again waits for the first call. */
  close(): Promise<void>
}

/**
 * Puts a core on sockets: what the CLI and the desktop app share. Ports are bound before the database is touched, so that a
 * launch that cannot serve leaves no trace; early requests wait for the core.
 * @throws ListenError, or the core's OpenError
 */
export async function launch(
  options: LaunchOptions,
  open: (options: GrantscopeOptions) => Promise<Grantscope> = createGrantscope,
): Promise<Launched> {
  const certificate = options.https ? await certificateFor(options) : null
  const warnings = wideBindWarnings(options)
  const pending = deferred<Grantscope>()
  const sockets = await bindAll(options, certificate, pending.promise, warnings)
  let core: Grantscope
  try {
    core = await open(coreOptions(options))
  } catch (error) {
    pending.reject(error)
    await sockets.close()
    throw error
  }
  const { issuer, control, token, server, sampleApp, fetch } = sockets
  core.listening({
    issuer,
    control,
    warnings,
    server,
    ...(sampleApp ? { sampleApp } : {}),
    ...(fetch ? { fetch } : {}),
    ...(options.desktop ? { desktop: options.desktop } : {}),
    flows: { redirects: redirectListener, ...options.logins },
  })
  pending.resolve(core)
  await announce(options, { issuer, control, token })
  const close = once(async () => {
    await removeState(options.stateFile, process.pid)
    await sockets.close()
    await core.close()
  })
  return { core, issuer, control, token, sampleApp, warnings, certificate, server, close }
}

interface Sockets {
  issuer: string
  control: string | null
  token: string | null
  sampleApp: string | null
  server: ServerSwitch
  fetch: SendRequest | undefined
  close(): Promise<void>
}

async function bindAll(
  options: LaunchOptions,
  certificate: Certificate | null,
  core: Promise<Grantscope>,
  warnings: string[],
): Promise<Sockets> {
  const { port, server } = await bindIssuer({ ...options, tls: certificate, core }, warnings)
  const issuer = localUrl(certificate ? 'https' : 'http', options.host, port)
  const fetch = certificate ? createTrustingFetch(issuer, certificate.cert) : undefined
  const bound: (() => Promise<unknown>)[] = [() => server.stop()]
  const orClose = async (error: unknown): Promise<never> => {
    await Promise.all(bound.map((close) => close()))
    throw error
  }
  const control = await bindControl(options, core).catch(orClose)
  if (control) bound.push(control.close)
  const app = { core, issuer: options.issuer ?? issuer, issuerAddress: issuer, ...(fetch ? { fetch } : {}) }
  const sample = await bindSampleApp(options.sampleApp ?? null, app, warnings).catch(orClose)
  return {
    issuer,
    control: control && localUrl('http', options.host, control.port),
    token: control?.token ?? null,
    sampleApp: sample && sampleAppUrl(sample.port),
    server,
    fetch,
    async close() {
      control?.endStreams()
      await Promise.all([server.stop(), control?.close(), sample?.close()])
    },
  }
}

const coreOptions = (options: LaunchOptions): GrantscopeOptions => ({
  database: options.database,
  host: options.kind,
  version: options.version,
  log: options.log,
  ...(options.issuer === undefined ? {} : { issuer: options.issuer }),
  ...(options.allowedHosts === undefined ? {} : { allowedHosts: options.allowedHosts }),
  ...(options.trustProxy === undefined ? {} : { trustProxy: options.trustProxy }),
  ...(options.workspace === undefined ? {} : { workspace: options.workspace }),
  ...(options.sqliteBinding === undefined ? {} : { sqliteBinding: options.sqliteBinding }),
  ...(options.secretBox === undefined ? {} : { secretBox: options.secretBox }),
})

function wideBindWarnings({ host, controlPort }: LaunchOptions): string[] {
  if (isLoopback(host)) return []
  const reach = `Bound to ${host}: everyone who can reach this machine can get tokens from this issuer.`
  const clear = ' The control API goes over the network unencrypted; --no-control switches it off.'
  return [controlPort === null ? reach : reach + clear]
}

async function bindControl({ host, controlPort, ui }: LaunchOptions, core: Promise<Grantscope>) {
  if (controlPort === null) return null
  let bound: Bound | null = null
  const token = randomBytes(32).toString('base64url')
  const api = createControlApi({ core, token, bound: () => bound, ...(ui ? { ui: createStaticUi(ui) } : {}) })
  const { port, close } = await listen(api.fetch, { host, port: controlPort })
  bound = { host, port }
  return { port, token, close, endStreams: api.close }
}

/** Leaves the state file; not being able to is no reason not to serve. */
async function announce(
  { stateFile, log }: LaunchOptions,
  where: { issuer: string; control: string | null; token: string | null },
): Promise<void> {
  try {
    await writeState(stateFile, { pid: process.pid, startedAt: Date.now(), ...where })
  } catch (error) {
    log(`other commands will not find this server by themselves: ${(error as Error).message}`)
  }
}

async function certificateFor({ database, host, issuer, allowedHosts }: LaunchOptions): Promise<Certificate> {
  const folder = database === ':memory:' ? dataFolder() : dirname(resolve(database))
  const files = { certFile: join(folder, 'grantscope-cert.pem'), keyFile: join(folder, 'grantscope-key.pem') }
  const { certificateNames, ensureCertificate } = await import('./certificate.ts')
  return ensureCertificate(files, certificateNames(host, issuer, allowedHosts), Date.now())
}

function once<T>(run: () => Promise<T>): () => Promise<T> {
  let running: Promise<T> | undefined
  return () => {
    running ??= run()
    return running
  }
}
