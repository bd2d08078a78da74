import { readFileSync } from 'node:fs'

/** The examples of an RFC's appendix, as they stand there. */
export const examplesOf = <T>(rfc: string): T =>
  JSON.parse(readFileSync(new URL(`../vectors/${rfc}.json`, import.meta.url), 'utf8')) as T

export type Jwk = Record<string, string> & { kty: string }

export interface JwsExample {
  jws: unknown
  key?: Jwk
}

export interface JweExample {
  jwe: unknown
  key?: Jwk
  keys?: Jwk[]
  plaintext?: string
}

/** The text one would paste: a token in JSON form is JSON. */
export const asText = (token: unknown): string => (typeof token === 'string' ? token : JSON.stringify(token))
