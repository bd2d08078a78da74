/** Where the parameters of the answer go (OAuth 2.0 Multiple Response Types 2.1, OAuth 2.0 Form Post Response Mode 2). */
export const responseModes = ['query', 'fragment', 'form_post'] as const
export type ResponseMode = (typeof responseModes)[number]

/** OpenID Connect Core 1.0 3.1.2.1 */
export const prompts = ['none', 'login', 'consent', 'select_account'] as const
export type Prompt = (typeof prompts)[number]

export const codeChallengeMethods = ['S256', 'plain'] as const
export type CodeChallengeMethod = (typeof codeChallengeMethods)[number]

/** Where and how the answer to an authorization request goes, once that can be trusted. */
export interface AnswerTarget {
  redirectUri: string
  responseMode: ResponseMode
  state: string | null
}

/** What a client asks of a user, however it asks: the part the pages of the login go by. */
export interface UserRequest {
  clientId: string
  scopes: string[]
  prompt: Prompt[]
  /** Seconds; null when the request does not care how old the login is. */
  maxAge: number | null
  loginHint: string | null
  /** `sub` of an id_token_hint: only this user will do. */
  hintedUserId: string | null
}

/** What a device asks, by way of a user who typed in its code (RFC 8628 3.3). */
export interface DeviceRequest extends UserRequest {
  /** SHA-256 of the device code. */
  deviceCodeHash: string
  /** As the device shows it. */
  userCode: string
}

/** An authorization request that has passed its checks (RFC 6749 4.1.1, RFC 7636 4.3, OpenID Connect Core 1.0 3.1.2.1). */
export interface AuthorizationRequest extends AnswerTarget, UserRequest {
  /** Whether the request named its redirect_uri: then the token request must repeat it (RFC 6749 4.1.3). */
  redirectUriNamed: boolean
  nonce: string | null
  codeChallenge: string | null
  codeChallengeMethod: CodeChallengeMethod | null
}
