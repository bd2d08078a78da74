import type { Check } from '../../check.ts'
import type { JsonObject } from '../../jwt.ts'
import type { AssertionFacts, AssertionRefusal } from '../assertion/facts.ts'

export { shown } from '../../jwt.ts'

/** A JWT that holds an authorization request (RFC 9101), taken apart. `audiences` are the names of the issuer. */
export interface RequestObjectFacts extends AssertionFacts {
  /** What the client registered as its only algorithm; null for any. */
  registeredAlgorithm: string | null
  /** What keeps a member from being a parameter; null when all are. */
  parameterProblem: string | null
  /** Names of parameters beside the object that are not inside it, or say something else. */
  beside: readonly string[]
  responseTypeBeside: string | undefined
}

/** A request object as it came, or as it stood inside its encryption. */
export interface ObjectFormFacts {
  request: string
  /** Why it cannot be read as a signed JWT; null when it can. */
  problem: string | null
}

/** Whether a request object is encrypted as its client said it would be. */
export interface ObjectEncryptionFacts {
  /** Of the JWE; null for a request object that is not encrypted. */
  header: JsonObject | null
  /** What the client registered; null for nothing. */
  registered: { alg: string | null; enc: string | null }
}

/** The encryption around a request object. */
export interface EncryptedObjectFacts extends ObjectEncryptionFacts {
  header: JsonObject
  /** What the issuer can decrypt of this client. */
  algorithms: readonly string[]
  /** Why it could not be decrypted; null when it could. */
  problem: string | null
  /** What it was decrypted with, in words. */
  key: string
  /** What is inside; null while that is not known. */
  inside: 'jws' | 'jwe' | 'json' | 'other' | null
}

/** Whether and how a request came as a request object. */
export interface RequestFormFacts {
  /** Whether the client has to sign its requests. */
  required: boolean
  /** Algorithm of the request object; null when there is none. */
  algorithm: string | null
}

export const objectRefusal = { error: 'invalid_request_object' } as const

/** The rule that holds for an assertion too, in the words of a request object. */
export function ofRequestObject(
  rule: (refusal: AssertionRefusal, what?: string) => Check<AssertionFacts>,
  { spec, levels }: Pick<Check<AssertionFacts>, 'spec' | 'levels'>,
): Check<AssertionFacts> {
  const check = rule(objectRefusal, 'request object')
  const id = check.id.replace('assertion.', 'request-object.')
  return { ...check, id, spec, ...(levels ? { levels } : {}) }
}
