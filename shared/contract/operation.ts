import type { z } from 'zod'

/**
 * One operation of the workbench contract: the only road from any UI, script or CLI to the core.
 * A `query` reads; a `command` may change something. Transports, CLI and docs derive from this value.
 */
export interface Operation<Input extends z.ZodType = z.ZodType, Output extends z.ZodType = z.ZodType> {
  readonly kind: 'query' | 'command'
  /** One sentence for the docs and the `--help` of a script. */
  readonly summary: string
  readonly input: Input
  readonly output: Output
}

export type OperationTable = Readonly<Record<string, Operation>>

export function query<I extends z.ZodType, O extends z.ZodType>(summary: string, input: I, output: O) {
  return { kind: 'query', summary, input, output } as const satisfies Operation<I, O>
}

export function command<I extends z.ZodType, O extends z.ZodType>(summary: string, input: I, output: O) {
  return { kind: 'command', summary, input, output } as const satisfies Operation<I, O>
}
