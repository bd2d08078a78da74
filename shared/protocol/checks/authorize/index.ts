import { checkChallengeHashed } from './check-challenge-hashed.ts'
import { checkChallengeMethod } from './check-challenge-method.ts'
import { checkChallengeSyntax } from './check-challenge-syntax.ts'
import { checkClientIdPresent } from './check-client-id-present.ts'
import { checkClientKnown } from './check-client-known.ts'
import { checkClientMayUseCode } from './check-client-may-use-code.ts'
import { checkConsentNotNeeded } from './check-consent-not-needed.ts'
import { checkDisplay } from './check-display.ts'
import { checkForgeryProtected } from './check-forgery-protected.ts'
import { checkIdTokenHint } from './check-id-token-hint.ts'
import { checkLoginNotNeeded } from './check-login-not-needed.ts'
import { checkMaxAge } from './check-max-age.ts'
import { checkNoRegistration } from './check-no-registration.ts'
import { checkNoncePresent } from './check-nonce-present.ts'
import { checkOpenidAsked } from './check-openid-asked.ts'
import { checkPkcePresent } from './check-pkce-present.ts'
import { checkPrompt } from './check-prompt.ts'
import { checkRedirectUriPresent } from './check-redirect-uri-present.ts'
import { checkRedirectUriRegistered } from './check-redirect-uri-registered.ts'
import { checkResponseModeSafe } from './check-response-mode-safe.ts'
import { checkResponseModeSupported } from './check-response-mode-supported.ts'
import { checkResponseTypePresent } from './check-response-type-present.ts'
import { checkResponseTypeRegistered } from './check-response-type-registered.ts'
import { checkResponseTypeSafe } from './check-response-type-safe.ts'
import { checkResponseTypeSupported } from './check-response-type-supported.ts'

export { checkUserFirst } from './check-user-first.ts'
export type {
  ClientAndRedirectFacts,
  LeadingFacts,
  PkceFacts,
  PromptFacts,
  ResponseFacts,
  SilentFacts,
} from './facts.ts'

/** Until these and the next pass there is no place to answer to: they end in a page, never in a redirect (RFC 6749 4.1.2.1). */
export const clientKnownChecks = [checkClientIdPresent, checkClientKnown] as const

export const redirectUriChecks = [checkRedirectUriPresent, checkRedirectUriRegistered] as const

/** What comes back and how, in order. */
export const responseChecks = [
  checkNoRegistration,
  checkResponseTypePresent,
  checkResponseTypeSupported,
  checkResponseTypeSafe,
  checkResponseModeSupported,
  checkResponseModeSafe,
  checkResponseTypeRegistered,
  checkClientMayUseCode,
  checkNoncePresent,
  checkOpenidAsked,
] as const

export const pkceChecks = [
  checkPkcePresent,
  checkChallengeMethod,
  checkChallengeHashed,
  checkChallengeSyntax,
  checkForgeryProtected,
] as const

/** What is left of them where there is no code to protect. */
export const codelessChecks = [checkForgeryProtected] as const

export const promptChecks = [checkPrompt, checkMaxAge, checkDisplay, checkIdTokenHint] as const

export const silentChecks = [checkLoginNotNeeded, checkConsentNotNeeded] as const
