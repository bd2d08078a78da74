import type { ResponseType } from '../../authorization-request.ts'

/** Whom an authorization request comes from and where its answer would go. */
export interface ClientAndRedirectFacts {
  clientId: string | undefined
  /** Null for a client nobody registered. */
  client: { redirectUris: readonly string[] } | null
  /** As the request names it. */
  redirectUri: string | undefined
  /** Whether the request asks for an ID token: then it must name its redirect_uri. */
  openid: boolean
}

/** What a request asks for, as it came. */
export interface ResponseFacts {
  clientId: string
  grantTypes: readonly string[]
  responseType: string | undefined
  supportedResponseTypes: readonly ResponseType[]
  /** Those of the client. */
  registeredResponseTypes: readonly ResponseType[]
  responseMode: string | undefined
  nonce: string | undefined
  scopes: readonly string[]
  /** A request_uri that was not pushed. */
  registration: string | undefined
}

export interface PkceFacts {
  /** Whether the client keeps no secret. */
  isPublic: boolean
  codeChallenge: string | undefined
  /** As it came; left out it means plain (RFC 7636 4.3). */
  codeChallengeMethod: string | undefined
  state: string | undefined
  nonce: string | undefined
}

export interface PromptFacts {
  prompt: readonly string[]
  maxAge: string | undefined
  display: string | undefined
  /** Whether the id_token_hint is an ID token of this issuer; null when none came. */
  hintGenuine: boolean | null
  /** Whether it is a JWE. */
  hintEncrypted: boolean
}

/** An answer that is an error, on its way to the app. */
export interface LeadingFacts {
  clientId: string
  /** Whether prompt=none forbids to ask the user anything. */
  silent: boolean
  loggedIn: boolean
  /** Whether the client is one for tests that no user watches. */
  unattended: boolean
}

/** What prompt=none leaves no room for. */
export interface SilentFacts {
  silent: boolean
  /** Why the user would have to log in; null when they need not. */
  loginReason: string | null
  /** Scopes the user has not allowed this client yet, or why consent is asked anew; null when it is not. */
  consentReason: string | null
}
