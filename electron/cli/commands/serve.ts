import { mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import { defaultDatabase } from '../../host/data-folder.ts'
import { deferred } from '../../host/deferred.ts'
import type { Launched, LaunchOptions } from '../../host/launch.ts'
import { packageVersion, rendererFolder } from '../../host/package-root.ts'
import { defaultSamplePort } from '../../host/sample-app/bind.ts'
import { stateFileFor } from '../../host/state-file.ts'
import {
  columns,
  defineCommand,
  Failure,
  type Io,
  type OptionSpecs,
  UsageError,
  type Values,
  wholeNumber,
} from '../command.ts'
import { readWorkspaceFile } from '../files.ts'

const options = {
  port: { type: 'string', value: 'N', help: 'Port of the issuer; 0 picks a free one (4400)' },
  'control-port': {
    type: 'string',
    value: 'N',
    help: 'Port of control API and workbench; 0 picks one (4401)',
  },
  'sample-port': {
    type: 'string',
    value: 'N',
    help: 'Port of the sample app; 0 picks one (4402, or a free one when that is taken)',
  },
  host: { type: 'string', value: 'ADDRESS', help: 'Address to bind (127.0.0.1)' },
  db: { type: 'string', value: 'FILE', help: 'Database file, or :memory: (a file in your data folder)' },
  config: {
    type: 'string',
    value: 'FILE',
    help: 'Workspace file to lay into the database; see grantscope schema',
  },
  issuer: {
    type: 'string',
    value: 'URL',
    help: 'Fixed issuer URL, when clients see another than the bound address',
  },
  'allowed-host': {
    type: 'string',
    multiple: true,
    value: 'NAME',
    help: 'Host name that may name the issuer beside the loopback ones, such as host.docker.internal; repeatable',
  },
  'trust-proxy': {
    type: 'boolean',
    help: 'Let X-Forwarded-Proto and X-Forwarded-Host of a proxy make the issuer URL',
  },
  https: { type: 'boolean', help: 'Serve the issuer over https with a local certificate' },
  'no-ui': { type: 'boolean', help: 'Leave the browser workbench off' },
  'no-sample': { type: 'boolean', help: 'Leave the sample app off' },
  'no-control': { type: 'boolean', help: 'Leave control API and workbench off' },
  json: { type: 'boolean', help: 'Print one JSON line once it answers; the rest goes to stderr' },
} as const satisfies OptionSpecs

/** Headless server: the issuer, and the control API with the browser workbench. Runs until a signal. */
export const serve = defineCommand({
  name: 'serve',
  summary: 'Run the issuer and the browser workbench',
  usage: '[options]',
  options,
  notes: 'GRANTSCOPE_DB names another default database. SIGINT and SIGTERM close it cleanly.',
  async run({ values, positionals }, io) {
    if (positionals.length > 0) throw new UsageError(`unexpected "${positionals[0]}"`)
    const settings = await readSettings(values, io)
    const stop = stopSignals(io)
    try {
      const launched = await start(settings)
      io.out(values.json ? readyLine(launched) : await greeting(launched, settings))
      for (const warning of launched.warnings) io.err(`warning: ${warning}\n`)
      await stop.asked
      await launched.close()
    } finally {
      stop.release()
    }
    return 0
  },
})

async function readSettings(values: Values<typeof options>, io: Io): Promise<LaunchOptions> {
  const port = wholeNumber('port', values.port ?? '4400', 0, 65_535)
  const controlPort = wholeNumber('control-port', values['control-port'] ?? '4401', 0, 65_535)
  const withControl = !values['no-control']
  if (withControl && port === controlPort && port !== 0)
    throw new UsageError(`--port and --control-port are both ${port}`)
  const { database, isDefault } = databaseFor(values.db, io)
  const workspace = values.config === undefined ? undefined : await readWorkspaceFile(values.config)
  // What lies in it opens every test account of the user.
  if (isDefault) await mkdir(dirname(database), { recursive: true, mode: 0o700 })
  return {
    kind: 'cli',
    version: packageVersion(),
    database,
    host: hostAddress(values.host ?? '127.0.0.1'),
    port,
    controlPort: withControl ? controlPort : null,
    ui: values['no-ui'] ? null : rendererFolder(),
    sampleApp: sampleApp(values, port, withControl ? controlPort : 0),
    https: values.https ?? false,
    ...publicUrl(values),
    ...(workspace === undefined ? {} : { workspace }),
    ...(io.env.GRANTSCOPE_SQLITE_BINDING ? { sqliteBinding: io.env.GRANTSCOPE_SQLITE_BINDING } : {}),
    stateFile: stateFileFor(database),
    log: (line) => io.err(`${line}\n`),
  }
}

function sampleApp(values: Values<typeof options>, port: number, controlPort: number) {
  if (values['no-sample']) return null
  const asked = values['sample-port']
  if (asked === undefined) return { port: defaultSamplePort(port), mayMove: true }
  const samplePort = wholeNumber('sample-port', asked, 0, 65_535)
  if (samplePort !== 0 && (samplePort === port || samplePort === controlPort))
    throw new UsageError(`--sample-port is ${samplePort}, as another port is`)
  return { port: samplePort, mayMove: false }
}

/** What the issuer is called from outside. */
function publicUrl(
  values: Values<typeof options>,
): Pick<LaunchOptions, 'issuer' | 'allowedHosts' | 'trustProxy'> {
  const allowedHosts = values['allowed-host']?.map(allowedHost)
  return {
    ...(values.issuer === undefined ? {} : { issuer: issuerUrl(values.issuer) }),
    ...(allowedHosts === undefined ? {} : { allowedHosts }),
    trustProxy: values['trust-proxy'] ?? false,
  }
}

function databaseFor(named: string | undefined, { env }: Io) {
  if (named === '') throw new UsageError('--db wants a file, or :memory:')
  return { database: named ?? defaultDatabase(env), isDefault: named === undefined && !env.GRANTSCOPE_DB }
}

function hostAddress(text: string): string {
  if (!URL.canParse(`http://${text.includes(':') ? `[${text}]` : text}/`) || /[/?#@]/.test(text))
    throw new UsageError(`--host wants an address such as 127.0.0.1 or 0.0.0.0, not "${text}"`)
  return text
}

/** The name alone, in the form URLs have it: whatever port it comes with counts. */
function allowedHost(text: string): string {
  const name = URL.parse(`http://${text}/`)?.hostname
  if (name === undefined || name !== text.toLowerCase())
    throw new UsageError(`--allowed-host wants a host name without scheme and port, not "${text}"`)
  return name
}

/** RFC 8414 2: an issuer is a URL without query and fragment. Ours is written without a trailing slash. */
function issuerUrl(text: string): string {
  const url = URL.parse(text)
  if (!url || !/^https?:$/.test(url.protocol) || /[?#]/.test(text) || url.username || url.password)
    throw new UsageError(`--issuer wants an http or https URL without query and fragment, not "${text}"`)
  return text.replace(/\/+$/, '')
}

async function start(settings: LaunchOptions): Promise<Launched> {
  // Loads SQLite and the rest of the core, which the other commands and a mistyped flag can do without.
  const { launch, ListenError } = await import('../../host/launch.ts')
  try {
    return await launch(settings)
  } catch (error) {
    if (!(error instanceof ListenError)) throw error
    throw new Failure(explainPort(error, flagOf(error.port, settings)))
  }
}

function flagOf(port: number, settings: LaunchOptions): string {
  if (port === settings.port) return '--port'
  return port === settings.controlPort ? '--control-port' : '--sample-port'
}

function explainPort(
  { code, host, port }: { code: string; host: string; port: number },
  flag: string,
): string {
  if (code === 'EADDRINUSE')
    return `port ${port} on ${host} is in use; stop what holds it, or choose another with ${flag} (0 picks a free one)`
  if (code === 'EACCES') return `port ${port} may not be used by you; choose one above 1023 with ${flag}`
  return `cannot listen on ${host}:${port} (${code}); is ${host} an address of this machine? See --host`
}

const readyLine = ({ issuer, control, token, sampleApp }: Launched) =>
  `${JSON.stringify({ ready: true, issuer, control, token, sampleApp })}\n`

async function greeting(
  launched: Launched,
  { version, database, ui, issuer }: LaunchOptions,
): Promise<string> {
  const { control, token, certificate } = launched
  const rows: [string, string][] = []
  // The fragment never reaches a server or a log of one; the page takes it and strips it.
  if (control && ui) rows.push(['Workbench', `${control}/#token=${token}`])
  rows.push(['Issuer', launched.issuer])
  if (issuer) rows.push(['Known as', issuer])
  if (control && !ui) rows.push(['Control API', control], ['Its token', token ?? ''])
  if (launched.sampleApp) rows.push(['Sample app', launched.sampleApp])
  rows.push(['Database', database])
  if (certificate) rows.push(['Certificate', `trust it with NODE_EXTRA_CA_CERTS=${certificate.certFile}`])
  if (await hasDemoUser(launched)) rows.push(['Try', `curl ${curlFlags(launched)} ${launched.issuer}/token`])
  return `Grantscope ${version}\n\n${columns(rows)}\n\nCtrl+C stops it.\n`
}

const curlFlags = ({ certificate }: Launched) =>
  `${certificate ? `--cacert ${certificate.certFile} ` : ''}-d 'grant_type=password&username=alice&password=wonderland'`

async function hasDemoUser({ core }: Launched): Promise<boolean> {
  return (await core.dispatch('users.get', { id: 'alice' })).ok
}

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** `asked` resolves at the first signal to stop; a second one does not wait for the clean close. */
function stopSignals(io: Io): { asked: Promise<void>; release(): void } {
  const first = deferred<void>()
  let closing = false
  const onSignal = () => {
    if (closing) process.exit(1)
    closing = true
    io.err('Closing; once more to force it.\n')
    first.resolve()
  }
  for (const signal of signals) process.on(signal, onSignal)
  return {
    asked: first.promise,
    release() {
      for (const signal of signals) process.off(signal, onSignal)
    },
  }
}
