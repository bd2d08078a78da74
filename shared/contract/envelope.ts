import { z } from 'zod'

/** What a call across a process border can fail with. Closed: a client may switch over it. */
export const contractErrorCode = z.enum([
  'unknown_operation',
  'invalid_input',
  'not_found',
  'conflict',
  'refused',
  'unauthorized',
  'unreachable',
  'internal',
])
export type ContractErrorCode = z.infer<typeof contractErrorCode>

export const contractErrorBody = z.object({
  code: contractErrorCode,
  message: z.string(),
  /** For `invalid_input`: what is wrong where, `path` in dotted form ("changes.email"). */
  issues: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
})
export type ContractErrorBody = z.infer<typeof contractErrorBody>

/** The answer of a call on every transport: a value or an error, never a stack trace. */
export type Envelope<T = unknown> = { ok: true; value: T } | { ok: false; error: ContractErrorBody }

/** Thrown by operations and by clients of the contract. */
export class ContractError extends Error {
  readonly code: ContractErrorCode
  readonly issues: ContractErrorBody['issues']

  constructor(code: ContractErrorCode, message: string, issues?: ContractErrorBody['issues']) {
    super(message)
    this.name = 'ContractError'
    this.code = code
    this.issues = issues
  }

  toBody(): ContractErrorBody {
    return { code: this.code, message: this.message, ...(this.issues ? { issues: this.issues } : {}) }
  }
}

export const notFound = (noun: string, id: string | number) =>
  new ContractError('not_found', `There is no ${noun} "${id}".`)
