import { encodeBase64Url } from '../base64url.ts'
import type { JsonObject } from '../jwt.ts'
import type { Breakable, BreakTools } from './break.ts'

export const encodeText = (text: string): string => encodeBase64Url(new TextEncoder().encode(text))
export const encodeJson = (value: unknown): string => encodeText(JSON.stringify(value))

export const compact = (header: string, payload: string, signature: string): string =>
  `${header}.${payload}.${signature}`

/** Signed for real, so that nothing but what was changed is wrong. */
export async function resigned(
  { header, claims }: Breakable,
  tools: BreakTools,
  changes: { header?: JsonObject; claims?: JsonObject; payload?: string; headerText?: string },
): Promise<string> {
  const signer = tools.signer && {
    alg: tools.signer.alg,
    ...(tools.signer.kid === null ? {} : { kid: tools.signer.kid }),
  }
  const head = changes.headerText ?? JSON.stringify({ ...header, ...signer, ...changes.header })
  const body = changes.payload ?? JSON.stringify(changes.claims ?? claims)
  const input = `${encodeText(head)}.${encodeText(body)}`
  return `${input}.${await tools.sign(input)}`
}

/** Signed by somebody else's key, under this header. */
export async function strangers(
  { claims }: Breakable,
  tools: BreakTools,
  header: JsonObject,
): Promise<string> {
  const input = `${encodeJson(header)}.${encodeJson(claims)}`
  return `${input}.${await tools.signAsStranger(input)}`
}

/** Signed with HMAC under this secret and header. */
export function withSecret(
  { claims }: Breakable,
  tools: BreakTools,
  header: JsonObject,
  secret: string,
): string {
  const input = `${encodeJson(header)}.${encodeJson(claims)}`
  return `${input}.${tools.hmac(secret, input)}`
}

/** The same object without these members. */
export const without = (object: JsonObject, ...names: string[]): JsonObject =>
  Object.fromEntries(Object.entries(object).filter(([name]) => !names.includes(name)))

export const needsSignature = ({ parts }: Breakable): string | null =>
  parts.signature === '' ? 'The token has no signature to break.' : null

export const needsSigner = (_token: Breakable, { signer }: BreakTools): string | null =>
  signer ? null : 'It takes a key that signs for real: choose one under "Sign with".'
