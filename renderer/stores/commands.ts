import type { ContractClient } from '../../shared/contract/client.ts'
import type { ContractError } from '../../shared/contract/envelope.ts'
import type { InputOf, OutputOf } from '../../shared/contract/operations/index.ts'
import { asContractError } from './queries.ts'
import type { CommandName } from './query-table.ts'

export type CommandResult<T> = { ok: true; value: T } | { ok: false; error: ContractError }

/** Shows a failure to the user, wherever they are. */
export type ReportFailure = (title: string, message: string) => void

/**
 * Runs a command and reports a failure, except wrong input with named fields: the form that sent it shows those.
 * Never rejects.
 */
export async function runCommand<N extends CommandName>(
  client: ContractClient,
  report: ReportFailure,
  name: N,
  input: InputOf<N>,
): Promise<CommandResult<OutputOf<N>>> {
  try {
    return { ok: true, value: await client.call(name, input) }
  } catch (thrown) {
    const error = asContractError(thrown)
    if (!error.issues?.length) report(failureTitle(error), error.message)
    return { ok: false, error }
  }
}

export function failureTitle(error: ContractError): string {
  switch (error.code) {
    case 'unreachable':
      return 'Grantscope does not answer'
    case 'not_found':
      return 'It is no longer there'
    case 'conflict':
      return 'That is taken'
    case 'refused':
      return 'Refused'
    case 'unauthorized':
      return 'Not connected'
    case 'invalid_input':
      return 'Check the input'
    case 'unknown_operation':
    case 'internal':
      return 'Something went wrong'
  }
}
