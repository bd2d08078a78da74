/** What a trace says of an id_token_hint that is none of ours. A client that got it encrypted must decrypt it (OpenID Connect Core 1.0 3.1.2.1). */
export const hintRefusal = (encrypted: boolean): { observed: string; hint?: string } =>
  encrypted
    ? {
        observed: 'an encrypted token (JWE), and not encrypted for this issuer',
        hint: 'Decrypt it first: the signed ID token inside is the hint. It may be encrypted again, for a key of this issuer.',
      }
    : { observed: 'a token that this issuer did not sign as an ID token' }
