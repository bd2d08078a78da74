import { checkBackchannelUri } from './check-backchannel-uri.ts'
import { checkEncryptionKeys } from './check-encryption-keys.ts'
import { checkFrontchannelFragment } from './check-frontchannel-fragment.ts'
import { checkFrontchannelUri } from './check-frontchannel-uri.ts'
import { checkInitialTokenPresent } from './check-initial-token-present.ts'
import { checkInitialTokenValid } from './check-initial-token-valid.ts'
import { checkInitiateLoginUri } from './check-initiate-login-uri.ts'
import { checkKeysPresent } from './check-keys-present.ts'
import { checkLogoutUrisHarmless } from './check-logout-uris-harmless.ts'
import { checkMetadataMediaType } from './check-media-type.ts'
import { checkMembersKnown } from './check-members-known.ts'
import { checkMembersUsable } from './check-members-usable.ts'
import { checkMetadataNesting } from './check-metadata-nesting.ts'
import { checkMetadataObject } from './check-metadata-object.ts'
import { checkOneKeySource } from './check-one-key-source.ts'
import { checkRedirectUrisHarmless } from './check-redirect-uris-harmless.ts'
import { checkRedirectUrisOfNative } from './check-redirect-uris-of-native.ts'
import { checkRedirectUrisOfWeb } from './check-redirect-uris-of-web.ts'
import { checkRedirectUrisPresent } from './check-redirect-uris-present.ts'
import { checkRedirectUrisPrivateScheme } from './check-redirect-uris-private-scheme.ts'
import { checkRedirectUrisSecure } from './check-redirect-uris-secure.ts'
import { checkRedirectUrisWellFormed } from './check-redirect-uris-well-formed.ts'
import { checkRegistrationTokenPresent } from './check-registration-token-present.ts'
import { checkRegistrationTokenValid } from './check-registration-token-valid.ts'
import { checkRequestObjectSigned } from './check-request-object-signed.ts'
import { checkRequestUris } from './check-request-uris.ts'
import { checkResponseTypesSupported } from './check-response-types-supported.ts'
import { checkRegisteredScopeKnown } from './check-scope-known.ts'
import { checkSectorCovers } from './check-sector-covers.ts'
import { checkSectorNamed } from './check-sector-named.ts'
import { checkSectorReadable } from './check-sector-readable.ts'
import { checkSectorSecure } from './check-sector-secure.ts'
import { checkSoftwareStatement } from './check-software-statement.ts'
import { checkTypesConsistent } from './check-types-consistent.ts'
import { checkUpdateClientId } from './check-update-client-id.ts'
import { checkUpdateMembers } from './check-update-members.ts'
import { checkUpdateSecret } from './check-update-secret.ts'

export { checkMetadataNesting } from './check-metadata-nesting.ts'
export { checkRegistrationOn } from './check-registration-on.ts'
export { checkStatementApproved } from './check-statement-approved.ts'
export { checkStatementGenuine } from './check-statement-genuine.ts'
export type {
  MetadataBodyFacts,
  MetadataFacts,
  RegistrationTokenFacts,
  SectorFacts,
  StatementFacts,
  UpdateFacts,
} from './facts.ts'
export { isImplicit } from './facts.ts'

/** Whoever registers while registration is protected. */
export const initialTokenChecks = [checkInitialTokenPresent, checkInitialTokenValid] as const

/** Whoever manages a client. */
export const registrationTokenChecks = [checkRegistrationTokenPresent, checkRegistrationTokenValid] as const

export const metadataBodyChecks = [checkMetadataMediaType, checkMetadataObject, checkMetadataNesting] as const

/** What an update says beside the metadata. */
export const updateChecks = [checkUpdateClientId, checkUpdateSecret, checkUpdateMembers] as const

/** What a client says of itself, in order. */
export const metadataChecks = [
  checkMembersUsable,
  checkRedirectUrisPresent,
  checkRedirectUrisWellFormed,
  checkRedirectUrisHarmless,
  checkRedirectUrisSecure,
  checkRedirectUrisOfWeb,
  checkRedirectUrisOfNative,
  checkRedirectUrisPrivateScheme,
  checkSoftwareStatement,
  checkResponseTypesSupported,
  checkTypesConsistent,
  checkOneKeySource,
  checkKeysPresent,
  checkEncryptionKeys,
  checkRequestObjectSigned,
  checkRequestUris,
  checkLogoutUrisHarmless,
  checkFrontchannelFragment,
  checkFrontchannelUri,
  checkBackchannelUri,
  checkInitiateLoginUri,
  checkSectorNamed,
  checkSectorSecure,
  checkRegisteredScopeKnown,
  checkMembersKnown,
] as const

/** What was fetched from sector_identifier_uri. */
export const sectorChecks = [checkSectorReadable, checkSectorCovers] as const
