import type { Check } from '../../check.ts'
import { checkObjectAlgorithm } from './check-object-algorithm.ts'
import { checkObjectAlgorithmRegistered } from './check-object-algorithm-registered.ts'
import { checkObjectAudience } from './check-object-audience.ts'
import { checkObjectAudienceNamed } from './check-object-audience-named.ts'
import { checkObjectClient } from './check-object-client.ts'
import { checkObjectComplete } from './check-object-complete.ts'
import { checkObjectContentType } from './check-object-content-type.ts'
import { checkObjectDecrypted } from './check-object-decrypted.ts'
import { checkObjectEncryption } from './check-object-encryption.ts'
import { checkObjectEncryptionRegistered } from './check-object-encryption-registered.ts'
import { checkObjectExpiresSoon } from './check-object-expires-soon.ts'
import { checkObjectExpiryPresent } from './check-object-expiry-present.ts'
import { checkObjectIssuedAt } from './check-object-issued-at.ts'
import { checkObjectIssuer } from './check-object-issuer.ts'
import { checkObjectIssuerNamed } from './check-object-issuer-named.ts'
import { checkObjectKeys } from './check-object-keys.ts'
import { checkObjectNotAssertion } from './check-object-not-assertion.ts'
import { checkObjectNotBefore } from './check-object-not-before.ts'
import { checkObjectNotExpired } from './check-object-not-expired.ts'
import { checkObjectNotNested } from './check-object-not-nested.ts'
import { checkObjectParameters } from './check-object-parameters.ts'
import { checkObjectSameBeside } from './check-object-same-beside.ts'
import { checkObjectSecretLength } from './check-object-secret-length.ts'
import { checkObjectSignature } from './check-object-signature.ts'
import { checkObjectSigned } from './check-object-signed.ts'
import { checkObjectSignedInside } from './check-object-signed-inside.ts'
import { checkObjectType } from './check-object-type.ts'
import { checkObjectTyped } from './check-object-typed.ts'
import { checkObjectUnused } from './check-object-unused.ts'

export { checkObjectAlone } from './check-object-alone.ts'
export { checkObjectEncryptionRegistered } from './check-object-encryption-registered.ts'
export { checkObjectReadable } from './check-object-readable.ts'
export { checkObjectRequired } from './check-object-required.ts'
export { checkObjectSize } from './check-object-size.ts'
export type { EncryptedObjectFacts, RequestObjectFacts } from './facts.ts'

import type { EncryptedObjectFacts, RequestObjectFacts } from './facts.ts'

/** Before a key to decrypt with is looked for. */
export const objectEncryptionChecks: readonly Check<EncryptedObjectFacts>[] = [
  checkObjectEncryption,
  checkObjectEncryptionRegistered,
  checkObjectContentType,
]

/** What came of it. */
export const objectDecryptionChecks: readonly Check<EncryptedObjectFacts>[] = [
  checkObjectDecrypted,
  checkObjectSignedInside,
]

/** Whether the client made it, for this issuer and for now. */
export const objectGenuineChecks: readonly Check<RequestObjectFacts>[] = [
  checkObjectType,
  checkObjectTyped,
  checkObjectAlgorithmRegistered,
  checkObjectSigned,
  checkObjectKeys,
  checkObjectAlgorithm,
  checkObjectSignature,
  checkObjectSecretLength,
  checkObjectIssuerNamed,
  checkObjectIssuer,
  checkObjectAudienceNamed,
  checkObjectAudience,
  checkObjectExpiryPresent,
  checkObjectNotExpired,
  checkObjectExpiresSoon,
  checkObjectNotBefore,
  checkObjectIssuedAt,
]

/** What it says. */
export const objectContentChecks: readonly Check<RequestObjectFacts>[] = [
  checkObjectClient,
  checkObjectNotAssertion,
  checkObjectNotNested,
  checkObjectParameters,
  checkObjectSameBeside,
  checkObjectComplete,
]

/** Last, since it uses the object up. */
export const objectUseChecks: readonly Check<RequestObjectFacts>[] = [checkObjectUnused]
