import { z } from 'zod'
import { responseTypes } from '../../protocol/authorization-request.ts'
import { contentEncryptions, keyEncryptions } from '../../protocol/jwe.ts'
import { publicKeyAlgorithms, secretAlgorithms } from '../../protocol/jwk.ts'
import { isLanguageTag } from '../../protocol/language-tag.ts'
import { requestUriProblem } from '../../protocol/request-uri.ts'
import {
  authorizationDetailsType,
  checkLevels,
  claimValues,
  idTokenClaims,
  issuerName,
  refreshRotation,
  resourceUri,
} from '../values.ts'

const httpUrl = z.url({ protocol: /^https?$/, error: 'must be an http or https URL' }).max(2000)
const optionalUrl = httpUrl.nullable().default(null)

export const responseType = z.enum(responseTypes)
export type { ResponseType } from '../../protocol/authorization-request.ts'

/** What an issuer's answer or a client's request object may be signed with. */
export const responseSigningAlg = z.enum(['RS256', 'PS256', 'ES256', 'EdDSA'])
export type ResponseSigningAlg = z.infer<typeof responseSigningAlg>

const optionalAlg = responseSigningAlg.nullable().default(null)

/** What a client says of itself to people, and may say in several languages (RFC 7591 2.2, OpenID Connect Registration 1.0 2.1). */
export const localTexts = z
  .strictObject({
    name: z.string().trim().min(1).max(200),
    clientUri: httpUrl,
    logoUri: httpUrl,
    policyUri: httpUrl,
    tosUri: httpUrl,
  })
  .partial()

/** By language tag (BCP 47), beside what is in no language. */
const languages = z.record(z.string(), localTexts).superRefine((texts, context) => {
  const tags = Object.keys(texts)
  const wrong = (tag: string, message: string) => context.addIssue({ code: 'custom', path: [tag], message })
  const seen = new Set<string>()
  for (const tag of tags) {
    if (!isLanguageTag(tag)) wrong(tag, 'is no language tag such as fr or ja-Jpan-JP (BCP 47)')
    if (seen.has(tag.toLowerCase())) wrong(tag, 'names a language a second time: tags have no case')
    seen.add(tag.toLowerCase())
  }
  if (tags.length > MAX_LANGUAGES) {
    context.addIssue({ code: 'custom', message: `must be at most ${MAX_LANGUAGES} languages` })
  }
})

export const MAX_LANGUAGES = 100

/** How an answer is encrypted for a client: with its public key, or with a key made of its secret. */
const encryptedAlg = z.enum(keyEncryptions).nullable().default(null)
/** Null means A128CBC-HS256, where there is an algorithm beside it. */
const encryptedEnc = z.enum(contentEncryptions).nullable().default(null)

/** Where a request object may be fetched from. */
const requestUri = z.string().superRefine((uri, context) => {
  const problem = requestUriProblem(uri)
  if (problem !== null) context.addIssue({ code: 'custom', message: problem })
})

/**
 * What a client may ask for beyond the basics, by its name in the standard (RFC 7591 2, OpenID Connect Registration 1.0 2 and
 * their extensions), with the value of a client that says nothing.
 */
export const clientOptions = z.strictObject({
  /** The one issuer that knows it; null means every issuer does. */
  issuer: issuerName.nullable().default(null),
  /** Levels of single checks, over those of its profile. */
  checkLevels: checkLevels.default({}),
  /** Claims of its tokens, over those of the issuer and under those of the user. A null takes a claim away. */
  claims: claimValues.default({}),
  /** Empty for a client that sends nobody to the authorization endpoint. */
  responseTypes: z.array(responseType).default(['code']),
  accessTokenFormat: z.enum(['jwt', 'opaque']).default('jwt'),
  /** Null means the issuer's own. */
  refreshRotation: refreshRotation.nullable().default(null),
  subjectType: z.enum(['public', 'pairwise']).default('public'),
  sectorIdentifierUri: optionalUrl,
  /** Null means the issuer's own. */
  idTokenClaims: idTokenClaims.nullable().default(null),
  /** Null means whatever the issuer signs with. */
  idTokenSignedResponseAlg: optionalAlg,
  /** Null means plain JSON. */
  userinfoSignedResponseAlg: optionalAlg,
  /** Null means signed alone, as with the others of this kind. */
  idTokenEncryptedResponseAlg: encryptedAlg,
  idTokenEncryptedResponseEnc: encryptedEnc,
  /** What is not signed is then encrypted as plain JSON (OpenID Connect Core 1.0 5.3.2). */
  userinfoEncryptedResponseAlg: encryptedAlg,
  userinfoEncryptedResponseEnc: encryptedEnc,
  /** For answers in the JWT form of RFC 9701; null means whatever the issuer signs with. */
  introspectionSignedResponseAlg: optionalAlg,
  /** For the same answers, inside which the signed one then is. */
  introspectionEncryptedResponseAlg: encryptedAlg,
  introspectionEncryptedResponseEnc: encryptedEnc,
  /** The APIs it is: introspection tells it of tokens for these and of its own alone. Empty means of any (RFC 7662 4). */
  introspects: z.array(resourceUri).max(100).default([]),
  /** For response modes ending in jwt; null means whatever the issuer signs with. */
  authorizationSignedResponseAlg: optionalAlg,
  authorizationEncryptedResponseAlg: encryptedAlg,
  authorizationEncryptedResponseEnc: encryptedEnc,
  /** The only algorithm its request objects may use; null means any the issuer knows. */
  requestObjectSigningAlg: z
    .enum([...responseSigningAlg.options, 'HS256', 'none'])
    .nullable()
    .default(null),
  /** How it says it encrypts its request objects; null means any way the issuer has a key for, or not at all. */
  requestObjectEncryptionAlg: encryptedAlg,
  requestObjectEncryptionEnc: encryptedEnc,
  /** The only places its request objects are fetched from (OpenID Connect Registration 1.0 2). */
  requestUris: z.array(requestUri).max(100).default([]),
  /** The only algorithm its client assertions may use; null means any its keys or its secret are for. */
  tokenEndpointAuthSigningAlg: z
    .enum([...publicKeyAlgorithms, ...secretAlgorithms])
    .nullable()
    .default(null),
  /** RFC 9101 10.5 */
  requireSignedRequestObject: z.boolean().default(false),
  /** RFC 9126 6 */
  requirePushedAuthorizationRequests: z.boolean().default(false),
  /** RFC 9449 5.2 */
  dpopBoundAccessTokens: z.boolean().default(false),
  /** RFC 9396 10; null means every type. */
  authorizationDetailsTypes: z.array(authorizationDetailsType).nullable().default(null),
  /** Seconds. */
  defaultMaxAge: z.number().int().nonnegative().nullable().default(null),
  requireAuthTime: z.boolean().default(false),
  defaultAcrValues: z.array(z.string().max(200)).max(20).default([]),
  frontchannelLogoutUri: optionalUrl,
  frontchannelLogoutSessionRequired: z.boolean().default(false),
  backchannelLogoutUri: optionalUrl,
  backchannelLogoutSessionRequired: z.boolean().default(false),
  /** Where a login may be started from outside (OpenID Connect Core 1.0 4). */
  initiateLoginUri: optionalUrl,
  clientUri: optionalUrl,
  logoUri: optionalUrl,
  policyUri: optionalUrl,
  tosUri: optionalUrl,
  /** Name and addresses for people, in their languages. */
  languages: languages.default({}),
  contacts: z.array(z.string().max(200)).max(20).default([]),
  applicationType: z.enum(['web', 'native']).default('web'),
  softwareId: z.string().max(200).nullable().default(null),
  softwareVersion: z.string().max(200).nullable().default(null),
  /** What a publisher the issuer trusts said of it when it registered (RFC 7591 2.3), as it was sent. */
  softwareStatement: z.string().max(65_536).nullable().default(null),
})
export type ClientOptions = z.infer<typeof clientOptions>

export const defaultClientOptions: ClientOptions = clientOptions.parse({})

const withoutDefaults = <T extends Record<string, z.ZodDefault<z.ZodType>>>(shape: T) =>
  Object.fromEntries(Object.entries(shape).map(([name, field]) => [name, field.unwrap()])) as {
    [K in keyof T]: ReturnType<T[K]['unwrap']>
  }

/** The options' fields with nothing filled in: what a stored client has, and what a change names. */
export const clientOptionFields = withoutDefaults(clientOptions.shape)

/** The options of something that has more. */
export function pickClientOptions(source: ClientOptions): ClientOptions {
  const names = Object.keys(clientOptions.shape) as (keyof ClientOptions)[]
  return Object.fromEntries(names.map((name) => [name, source[name]])) as ClientOptions
}
