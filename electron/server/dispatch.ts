import { ContractError, type Envelope } from '../../shared/contract/envelope.ts'
import { parseInput } from '../../shared/contract/issues.ts'
import { isOperationName, type OperationName, operations } from '../../shared/contract/operations/index.ts'
import type { Core } from './core.ts'
import type { Handlers } from './operations/handlers.ts'

/** Carries out one operation of the contract. Never rejects. */
export type Dispatch = (name: string, input: unknown) => Promise<Envelope>

/** The one road from every transport to the handlers: look up, parse, call, wrap. */
export function createDispatch(core: Pick<Core, 'log'>, handlers: Handlers): Dispatch {
  return async (name, input) => {
    try {
      if (!isOperationName(name)) {
        throw new ContractError('unknown_operation', `There is no operation "${name.slice(0, 100)}".`)
      }
      return { ok: true, value: await call(handlers, name, input) }
    } catch (error) {
      if (error instanceof ContractError) return { ok: false, error: error.toBody() }
      core.log(`${name} failed: ${oneLine(error)}`)
      const message = 'Grantscope made a mistake: this call failed for no fault of yours. Its log says more.'
      return { ok: false, error: { code: 'internal', message } }
    }
  }
}

async function call(handlers: Handlers, name: OperationName, input: unknown): Promise<unknown> {
  const parsed = parseInput(operations[name].input, input)
  // Which handler takes which input is known per name only; the table's type has paired them.
  const handler = handlers[name] as (input: unknown) => unknown
  const output = await handler(parsed)
  // Always, not in tests only: parsing drops what the contract does not name, so a record's secret cannot slip out.
  return operations[name].output.parse(output)
}

/** An error with where it came from, on one line. */
function oneLine(error: unknown): string {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
  return text.split('\n', 5).join(' | ').replace(/\s+/g, ' ')
}
