import type { z } from 'zod'
import type { FaultEndpoint } from './endpoints.ts'

/** `before`: in place of the work, or ahead of it. `after`: the work is done and stored, and its answer goes wrong. */
export type FaultPhase = 'before' | 'after'

/** One way to misbehave: what is said of it, and where it can be. What it does is the core's. */
export interface ActionDefinition<Kind extends string = string, Schema extends z.ZodType = z.ZodType> {
  readonly kind: Kind
  readonly title: string
  /** What it is good for, a sentence or two. */
  readonly about: string
  readonly schema: Schema
  phase(action: z.output<Schema>): FaultPhase
  /** Why it could never take effect there, as the end of a sentence about the endpoint's name; null when it can. */
  unfit(action: z.output<Schema>, endpoint: FaultEndpoint): string | null
  /** What it does to one request, in the present tense. */
  says(action: z.output<Schema>): string
  /** One to begin with. */
  readonly example: z.input<Schema>
}

export const defineAction = <const Kind extends string, Schema extends z.ZodType>(
  definition: ActionDefinition<Kind, Schema>,
): ActionDefinition<Kind, Schema> => definition

/** For what can happen to any answer. */
export const anywhere = (): null => null

/** "5 s", "250 ms" */
export const inSeconds = (ms: number): string => (ms < 1_000 ? `${ms} ms` : `${ms / 1_000} s`)
