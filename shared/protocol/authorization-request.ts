import type { AuthorizationDetail } from './authorization-details.ts'
import type { ClaimsRequest } from './claims-parameter.ts'

/** What may be asked for (OAuth 2.0 Multiple Response Types 3 to 5). All but code are for clients of an earlier time. */
export const responseTypes = [
  'code',
  'id_token',
  'token',
  'id_token token',
  'code id_token',
  'code token',
  'code id_token token',
  'none',
] as const
export type ResponseType = (typeof responseTypes)[number]

/** The words of a response_type, in any order (OAuth 2.0 Multiple Response Types 3). Null for a combination there is not. */
export function parseResponseType(value: string): ResponseType | null {
  const sorted = (text: string) => text.split(' ').sort().join(' ')
  return responseTypes.find((known) => sorted(known) === sorted(value)) ?? null
}

/** Whether a response_type has this word, and its answer so the thing. */
export const asksFor = (responseType: ResponseType, word: 'code' | 'token' | 'id_token'): boolean =>
  responseType.split(' ').includes(word)

/** Whether its answer holds a token, which must not get into a query (OAuth 2.0 Multiple Response Types 3, 5). */
export const bearsToken = (responseType: ResponseType): boolean =>
  asksFor(responseType, 'token') || asksFor(responseType, 'id_token')

/** Where the parameters of the answer go (OAuth 2.0 Multiple Response Types 2.1, OAuth 2.0 Form Post Response Mode 2). */
export const plainResponseModes = ['query', 'fragment', 'form_post'] as const
export type PlainResponseMode = (typeof plainResponseModes)[number]

/** The same, and the parameters inside a signed JWT (JARM 2.3); `jwt` alone is the default of the response type. */
export const responseModes = [
  ...plainResponseModes,
  'jwt',
  'query.jwt',
  'fragment.jwt',
  'form_post.jwt',
] as const
export type ResponseMode = (typeof responseModes)[number]

/** Where an answer goes, and whether it is signed: as asked for, or as the response type has it when that is left out or unknown. */
export function answerModeOf(
  responseType: ResponseType,
  asked: string | undefined,
): { responseMode: PlainResponseMode; signed: boolean } {
  const usual = bearsToken(responseType) ? 'fragment' : 'query'
  if (!responseModes.some((known) => known === asked)) return { responseMode: usual, signed: false }
  const [mode, form] = asked!.split('.')
  const signed = mode === 'jwt' || form === 'jwt'
  // The request that wants a token in the query is refused, and is told so in the fragment.
  const named = plainResponseModes.find((known) => known === mode && known !== 'query')
  return { responseMode: named ?? usual, signed }
}

/** OpenID Connect Core 1.0 3.1.2.1 */
export const prompts = ['none', 'login', 'consent', 'select_account'] as const
export type Prompt = (typeof prompts)[number]

export const codeChallengeMethods = ['S256', 'plain'] as const
export type CodeChallengeMethod = (typeof codeChallengeMethods)[number]

/** How a page should look (OpenID Connect Core 1.0 3.1.2.1). The issuer's fit every size. */
export const displays = ['page', 'popup', 'touch', 'wap'] as const

/** Where and how the answer to an authorization request goes, once that can be trusted. */
export interface AnswerTarget {
  clientId: string
  redirectUri: string
  responseMode: PlainResponseMode
  /** As a signed JWT (JARM). */
  signed: boolean
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
  /** Languages of the user, the best first (OpenID Connect Core 1.0 3.1.2.1). */
  uiLocales: string[]
  /** Authentication context classes that are wished for, the best first (OpenID Connect Core 1.0 3.1.2.1). */
  acrValues: string[]
  /** Those one of which must be met, or nobody gets in (OpenID Connect Core 1.0 5.5.1.1). Null when the request does not insist. */
  requiredAcr: string[] | null
  /** `sub` of an id_token_hint: only this user will do. */
  hintedUserId: string | null
  /** APIs the tokens are to be for (RFC 8707 2); empty means the issuer's own. */
  resources: string[]
  /** RFC 9396 2 */
  authorizationDetails: AuthorizationDetail[]
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
  responseType: ResponseType
  /** Whether the request named its redirect_uri: then the token request must repeat it (RFC 6749 4.1.3). */
  redirectUriNamed: boolean
  nonce: string | null
  /** Claims it asks for (OpenID Connect Core 1.0 5.5). */
  claims: ClaimsRequest | null
  codeChallenge: string | null
  codeChallengeMethod: CodeChallengeMethod | null
  /** Thumbprint of the DPoP key the code is bound to (RFC 9449 10). */
  dpopJkt: string | null
}
