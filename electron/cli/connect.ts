import type { ContractErrorBody, Envelope } from '../../shared/contract/envelope.ts'
import type { InputOf, OperationName, OutputOf } from '../../shared/contract/operations/index.ts'
import { findServer } from '../host/state-file.ts'
import { Failure, type Io, type OptionSpecs, UsageError, type Values } from './command.ts'

/** Flags of every command that talks to a running Grantscope. */
export const connectOptions = {
  control: { type: 'string', value: 'URL', help: 'Control API to use, instead of the one found running' },
  token: { type: 'string', value: 'TOKEN', help: 'Its token, as serve printed it' },
  db: { type: 'string', value: 'FILE', help: 'Use the server of this database' },
} as const satisfies OptionSpecs

export interface Connection {
  control: string
  call<N extends OperationName>(name: N, input: InputOf<N>): Promise<OutputOf<N>>
  /** A call whose name and input a person typed. */
  callUnchecked(name: string, input: unknown): Promise<unknown>
}

const howToStart = 'start one with: grantscope serve'

/** The Grantscope that flags or environment name, else the one found running. @throws Failure when there is none */
export async function connect(values: Values<typeof connectOptions>, io: Io): Promise<Connection> {
  const connection = await findConnection(values, io)
  if (!connection) throw new Failure(`no Grantscope is running; ${howToStart}`)
  return connection
}

/** Like `connect`, but null when nothing is named and nothing runs. */
export async function findConnection(
  values: Values<typeof connectOptions>,
  io: Io,
): Promise<Connection | null> {
  const named = namedByUser(values, io)
  if (named) return connectTo(named.control, named.token)
  const state = await findServer(values.db)
  if (!state) return null
  if (state.control === null || state.token === null)
    throw new Failure(`Grantscope (process ${state.pid}) runs with --no-control, so there is nothing to ask`)
  return connectTo(state.control, state.token)
}

function namedByUser(values: Values<typeof connectOptions>, { env }: Io) {
  const control = values.control ?? (values.db === undefined ? env.GRANTSCOPE_CONTROL : undefined)
  if (control === undefined) {
    if (values.token !== undefined) throw new UsageError('--token needs --control')
    return null
  }
  const token = values.token ?? env.GRANTSCOPE_TOKEN
  if (token === undefined) throw new UsageError('--control needs --token (or GRANTSCOPE_TOKEN)')
  if (!/^https?:$/.test(URL.parse(control)?.protocol ?? ''))
    throw new UsageError(`--control wants an http URL, not "${control}"`)
  return { control: control.replace(/\/+$/, ''), token }
}

function connectTo(control: string, token: string): Connection {
  const callUnchecked = async (name: string, input: unknown) => {
    const envelope = await post(`${control}/api/call/${encodeURIComponent(name)}`, token, input)
    if (!envelope.ok) throw new Failure(inOneLine(envelope.error))
    return envelope.value
  }
  // The core answers by the same table of operations that types this.
  return { control, callUnchecked, call: (name, input) => callUnchecked(name, input) as never }
}

async function post(url: string, token: string, input: unknown): Promise<Envelope> {
  try {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(input),
    })
    return (await answer.json()) as Envelope
  } catch {
    throw new Failure(`no Grantscope answers at ${new URL(url).origin}; ${howToStart}`)
  }
}

export const inOneLine = ({ message, issues }: ContractErrorBody): string =>
  issues?.length
    ? issues.map(({ path, message }) => (path ? `${path}: ${message}` : message)).join('; ')
    : message
