import { checkChallengeHashed } from './check-challenge-hashed.ts'
import { checkChallengeMethod } from './check-challenge-method.ts'
import { checkChallengeSyntax } from './check-challenge-syntax.ts'
import { checkClientIdPresent } from './check-client-id-present.ts'
import { checkClientKnown } from './check-client-known.ts'
import { checkClientMayUseCode } from './check-client-may-use-code.ts'
import { checkConsentNotNeeded } from './check-consent-not-needed.ts'
import { checkForgeryProtected } from './check-forgery-protected.ts'
import { checkIdTokenHint } from './check-id-token-hint.ts'
import { checkLoginNotNeeded } from './check-login-not-needed.ts'
import { checkMaxAge } from './check-max-age.ts'
import { checkNoRequestObject } from './check-no-request-object.ts'
import { checkPkcePresent } from './check-pkce-present.ts'
import { checkPrompt } from './check-prompt.ts'
import { checkRedirectUriPresent } from './check-redirect-uri-present.ts'
import { checkRedirectUriRegistered } from './check-redirect-uri-registered.ts'
import { checkResponseModeSupported } from './check-response-mode-supported.ts'
import { checkResponseTypePresent } from './check-response-type-present.ts'
import { checkResponseTypeSupported } from './check-response-type-supported.ts'

export type { ClientAndRedirectFacts, PkceFacts, PromptFacts, ResponseFacts, SilentFacts } from './facts.ts'

/** Until these pass there is no place to answer to: they end in a page, never in a redirect (RFC 6749 4.1.2.1). */
export const clientAndRedirectChecks = [
  checkClientIdPresent,
  checkClientKnown,
  checkRedirectUriPresent,
  checkRedirectUriRegistered,
] as const

/** What comes back and how, in order. */
export const responseChecks = [
  checkNoRequestObject,
  checkResponseTypePresent,
  checkResponseTypeSupported,
  checkResponseModeSupported,
  checkClientMayUseCode,
] as const

export const pkceChecks = [
  checkPkcePresent,
  checkChallengeMethod,
  checkChallengeHashed,
  checkChallengeSyntax,
  checkForgeryProtected,
] as const

export const promptChecks = [checkPrompt, checkMaxAge, checkIdTokenHint] as const

export const silentChecks = [checkLoginNotNeeded, checkConsentNotNeeded] as const
