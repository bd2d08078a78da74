import { checkAssertionPair } from './check-assertion-pair.ts'
import { checkAssertionType } from './check-assertion-type.ts'
import { checkBasicWellFormed } from './check-basic-well-formed.ts'
import { checkKnown } from './check-known.ts'
import { checkMethodRegistered } from './check-method-registered.ts'
import { checkOneClient } from './check-one-client.ts'
import { checkOneMethod } from './check-one-method.ts'
import { checkSecret } from './check-secret.ts'

export { checkAssertionAlgorithmRegistered } from './check-assertion-algorithm-registered.ts'
export { checkClientNamed } from './check-client-named.ts'
export { type ClientFacts, type ClientMethod, clientRefusal } from './facts.ts'

/** What the parameters of an assertion are asked before it is read. */
export const clientAssertionParameterChecks = [checkAssertionPair, checkAssertionType] as const

/** Client authentication, in order. */
export const clientChecks = [
  checkOneMethod,
  checkBasicWellFormed,
  checkOneClient,
  checkKnown,
  checkMethodRegistered,
  checkSecret,
] as const
