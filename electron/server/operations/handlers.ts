import type { OperationName, OutputOf, ParsedInputOf } from '../../../shared/contract/operations/index.ts'

/**
 * What implements the contract. A handler gets input that was parsed by the operation's schema, and throws ContractError
 * for a refusal. Each noun's file makes its slice of this table.
 */
export type Handlers = {
  [N in OperationName]: (input: ParsedInputOf<N>) => OutputOf<N> | Promise<OutputOf<N>>
}

/** The operations of one noun: `HandlersOf<'users'>` has every `users.*`. */
export type HandlersOf<Noun extends string> = Pick<Handlers, Extract<OperationName, `${Noun}.${string}`>>
