import type { Check, Level, ProfileName } from '../check.ts'
import { clientAssertionChecks } from './assertion/index.ts'
import { authorizationDetailsChecks, checkDetailsNarrow } from './authorization-details/index.ts'
import {
  checkUserFirst,
  clientKnownChecks,
  codelessChecks,
  pkceChecks,
  promptChecks,
  redirectUriChecks,
  responseChecks,
  silentChecks,
} from './authorize/index.ts'
import {
  accessChecks,
  checkScopeSufficient,
  checkUserPresent,
  presentationChecks,
  tokenChecks,
} from './bearer/index.ts'
import { checkClaimsParameter } from './claims/index.ts'
import {
  checkAssertionAlgorithmRegistered,
  checkClientNamed,
  clientAssertionParameterChecks,
  clientChecks,
} from './client/index.ts'
import { codeChecks } from './code/index.ts'
import { deviceCodeChecks, userCodeChecks } from './device/index.ts'
import {
  checkKeyOfCode,
  checkKeyOfRefreshToken,
  checkKeyOfToken,
  checkProofPresent,
  checkSchemeOfToken,
  checkThumbprintOfProof,
  checkThumbprintSyntax,
  proofChecks,
  unusedProofChecks,
} from './dpop/index.ts'
import { checkEncryptionKey } from './encryption/index.ts'
import { endSessionChecks } from './end-session/index.ts'
import { endpointsOf } from './endpoints.ts'
import {
  checkClientConfidential,
  checkExchangeScopeNarrows,
  exchangeParameterChecks,
  handedTokenChecks,
  partiesChecks,
  targetChecks,
} from './exchange/index.ts'
import { checkAcrMet, checkHintedUser, checkNotDenied, interactionChecks } from './interaction/index.ts'
import {
  checkCallerAuthenticated,
  checkCallerIsAudience,
  checkTokenParameter,
} from './introspection/index.ts'
import { checkAddress, checkOwnIssuer } from './issuer/index.ts'
import { checkItemTitle } from './items/index.ts'
import { checkAssertionPresent, checkUserKnown } from './jwt-bearer/index.ts'
import { checkLogoutAccepted } from './logout/index.ts'
import { checkCredentialsPresent, checkUserActive, passwordChecks } from './password/index.ts'
import { checkNoRequestUri, checkPushRequired, requestUriChecks } from './pushed/index.ts'
import { refreshChecks } from './refresh/index.ts'
import {
  checkRegistrationOn,
  checkStatementApproved,
  checkStatementGenuine,
  initialTokenChecks,
  metadataBodyChecks,
  metadataChecks,
  registrationTokenChecks,
  sectorChecks,
  updateChecks,
} from './registration/index.ts'
import { bodyChecks, formChecks } from './request/index.ts'
import {
  checkObjectAlone,
  checkObjectReadable,
  checkObjectRequired,
  checkObjectSize,
  objectContentChecks,
  objectDecryptionChecks,
  objectEncryptionChecks,
  objectGenuineChecks,
  objectUseChecks,
} from './request-object/index.ts'
import { checkReferenceRegistered, fetchedChecks } from './request-uri/index.ts'
import { checkResourceNarrows, resourceChecks } from './resource/index.ts'
import { checkTokenOfClient } from './revocation/index.ts'
import { scopeChecks } from './scope/index.ts'
import {
  checkCodeFormat,
  checkEnrolled,
  checkNotEnrolled,
  verificationChecks,
} from './second-factor/index.ts'
import { sessionChecks } from './session/index.ts'
import { throttleChecks } from './throttle/index.ts'
import {
  checkClientMayUseGrant,
  checkClientProven,
  checkPasswordKept,
  grantTypeChecks,
} from './token/index.ts'
import { webFingerChecks } from './webfinger/index.ts'

/** A check as others see it: without what it runs on. */
export interface RegisteredCheck {
  readonly id: string
  readonly title: string
  readonly spec: string
  /** Names of the endpoints that run it, as exchanges have them. */
  readonly endpoints: string[]
  readonly levels: Readonly<Record<ProfileName, Level>>
  /** Whether it may be eased; one that leaves nothing to go on with when broken may not. */
  readonly changeable: boolean
}

const lists: readonly Pick<Check<never>, 'id' | 'title' | 'spec' | 'levels'>[] = [
  ...Object.values(clientAssertionChecks).flat(),
  ...authorizationDetailsChecks,
  checkDetailsNarrow,
  ...clientKnownChecks,
  ...codelessChecks,
  ...pkceChecks,
  ...promptChecks,
  ...redirectUriChecks,
  ...responseChecks,
  ...silentChecks,
  checkUserFirst,
  ...accessChecks,
  ...presentationChecks,
  ...tokenChecks,
  checkScopeSufficient,
  checkUserPresent,
  checkClaimsParameter,
  ...clientAssertionParameterChecks,
  ...clientChecks,
  checkAssertionAlgorithmRegistered,
  checkClientNamed,
  ...codeChecks,
  ...deviceCodeChecks,
  ...userCodeChecks,
  ...proofChecks,
  ...unusedProofChecks,
  checkKeyOfCode,
  checkKeyOfRefreshToken,
  checkKeyOfToken,
  checkProofPresent,
  checkSchemeOfToken,
  checkThumbprintOfProof,
  checkThumbprintSyntax,
  checkEncryptionKey,
  ...endSessionChecks,
  ...exchangeParameterChecks,
  ...handedTokenChecks,
  ...partiesChecks,
  ...targetChecks,
  checkClientConfidential,
  checkExchangeScopeNarrows,
  ...interactionChecks,
  checkHintedUser,
  checkAcrMet,
  checkNotDenied,
  checkCallerAuthenticated,
  checkCallerIsAudience,
  checkTokenParameter,
  checkAddress,
  checkOwnIssuer,
  checkItemTitle,
  checkLogoutAccepted,
  checkAssertionPresent,
  checkUserKnown,
  checkCredentialsPresent,
  checkUserActive({ error: 'invalid_grant' }),
  ...passwordChecks(''),
  ...requestUriChecks,
  checkNoRequestUri,
  checkPushRequired,
  ...refreshChecks,
  ...initialTokenChecks,
  ...metadataBodyChecks,
  ...metadataChecks,
  ...registrationTokenChecks,
  ...sectorChecks,
  ...updateChecks,
  checkRegistrationOn,
  checkStatementApproved,
  checkStatementGenuine,
  ...objectContentChecks,
  ...objectDecryptionChecks,
  ...objectEncryptionChecks,
  ...objectGenuineChecks,
  ...objectUseChecks,
  checkObjectAlone,
  checkObjectReadable,
  checkObjectRequired,
  checkObjectSize,
  ...fetchedChecks,
  checkReferenceRegistered,
  ...bodyChecks,
  ...formChecks,
  ...resourceChecks,
  checkResourceNarrows,
  checkTokenOfClient,
  ...scopeChecks,
  ...verificationChecks,
  checkCodeFormat,
  checkEnrolled,
  checkNotEnrolled,
  ...sessionChecks,
  ...throttleChecks,
  ...grantTypeChecks,
  checkClientMayUseGrant,
  checkClientProven,
  checkPasswordKept,
  ...webFingerChecks,
]

const enforced: RegisteredCheck['levels'] = { strict: 'enforce', standard: 'enforce', lenient: 'enforce' }

/** Every check there is, by its id. */
export const checksById: ReadonlyMap<string, RegisteredCheck> = new Map(
  lists.map(({ id, title, spec, levels }) => [
    id,
    {
      id,
      title,
      spec,
      endpoints: endpointsOf(id),
      levels: { ...enforced, ...levels },
      changeable: levels !== undefined,
    },
  ]),
)

/** Why a check cannot be given this level; null when it can. */
export function levelProblem(id: string, level: Level): string | null {
  const check = checksById.get(id)
  if (check === undefined) return 'is no check of this issuer'
  return check.changeable || level === 'enforce'
    ? null
    : `can only be enforce: a request that breaks "${check.title}" leaves nothing to go on with`
}
