import { isJsonObject, type JsonObject, shown } from '../../../protocol/jwt.ts'
import { type ClientCheck, equal, worded } from '../check.ts'
import type { IdTokenFacts } from '../types.ts'

export interface IdTokenCheckFacts extends IdTokenFacts {
  header: JsonObject
  claims: JsonObject
  clientId: string
  issuer: string | null
  /** Null where none was sent, as in a refresh. */
  nonce: string | null
  /** `sub` of the ID token before this one, in a refresh; null without. */
  subjectBefore: string | null
  now: number
}

/** Seconds that clocks may differ. */
const SKEW = 60

const checkSignature: ClientCheck<IdTokenCheckFacts> = {
  id: 'client.id-token-signature-holds',
  title: "The ID token is signed by a key of the issuer's JWKS.",
  spec: 'OpenID Connect Core 1.0 3.1.3.7 (6)',
  judge: ({ signature: { holds, observed } }) => ({ holds, observed, expected: 'a signature that holds' }),
}

const checkAlg: ClientCheck<IdTokenCheckFacts> = {
  id: 'client.id-token-is-signed',
  title: 'The ID token is not unsigned.',
  spec: 'OpenID Connect Core 1.0 3.1.3.7 (7)',
  judge: ({ header }) => ({
    holds: typeof header.alg === 'string' && header.alg.toLowerCase() !== 'none',
    observed: `alg ${shown(header.alg)}`,
    expected: 'an algorithm other than none',
  }),
}

const checkIss: ClientCheck<IdTokenCheckFacts> = {
  id: 'client.id-token-iss-is-expected',
  title: 'iss of the ID token is the issuer.',
  spec: 'OpenID Connect Core 1.0 3.1.3.7 (2)',
  judge({ claims, issuer }) {
    if (issuer === null)
      return { holds: 'warn', observed: worded(claims.iss), expected: 'the profile names no issuer' }
    return equal(claims.iss, issuer)
  },
}

const checkAud: ClientCheck<IdTokenCheckFacts> = {
  id: 'client.id-token-aud-is-us',
  title: 'aud of the ID token names this client.',
  spec: 'OpenID Connect Core 1.0 3.1.3.7 (3)',
  judge({ claims: { aud }, clientId }) {
    const audiences: unknown[] = Array.isArray(aud) ? aud : [aud]
    return {
      holds: audiences.includes(clientId),
      observed: worded(aud),
      expected: clientId,
      hint: 'An ID token for another client was not issued to log in here.',
    }
  },
}

const checkAzp: ClientCheck<IdTokenCheckFacts> = {
  id: 'client.id-token-azp-is-us',
  title: 'azp of the ID token is this client.',
  spec: 'OpenID Connect Core 1.0 3.1.3.7 (5)',
  judge: ({ claims: { azp }, clientId }) => (azp === undefined ? null : equal(azp, clientId)),
}

const checkExp: ClientCheck<IdTokenCheckFacts> = {
  id: 'client.id-token-is-not-expired',
  title: 'The ID token has not expired.',
  spec: 'OpenID Connect Core 1.0 3.1.3.7 (9)',
  judge: ({ claims: { exp }, now }) => ({
    holds: typeof exp === 'number' && now < exp + SKEW,
    observed: `exp ${worded(exp)}`,
    expected: `later than ${now}`,
  }),
}

const checkIat: ClientCheck<IdTokenCheckFacts> = {
  id: 'client.id-token-iat-is-now',
  title: 'The ID token was issued just now.',
  spec: 'OpenID Connect Core 1.0 3.1.3.7 (10)',
  judge({ claims: { iat }, now }) {
    const known = typeof iat === 'number'
    if (known && iat > now + SKEW) {
      return {
        holds: 'warn',
        observed: `iat ${iat}`,
        expected: `at most ${now + SKEW}`,
        hint: 'The clocks differ.',
      }
    }
    return { holds: known, observed: `iat ${worded(iat)}`, expected: 'a number' }
  },
}

const checkNonce: ClientCheck<IdTokenCheckFacts> = {
  id: 'client.id-token-nonce-is-ours',
  title: 'nonce of the ID token is the one that was sent.',
  spec: 'OpenID Connect Core 1.0 3.1.3.7 (11)',
  judge: ({ claims, nonce }) =>
    nonce === null
      ? null
      : equal(claims.nonce, nonce, 'Another nonce means that an ID token of another login is played in.'),
}

const checkAtHash: ClientCheck<IdTokenCheckFacts> = {
  id: 'client.id-token-at-hash-fits',
  title: 'at_hash of the ID token fits the access token.',
  spec: 'OpenID Connect Core 1.0 3.1.3.8',
  judge: ({ claims: { at_hash: atHash }, accessTokenHash }) =>
    atHash === undefined || accessTokenHash === null ? null : equal(atHash, accessTokenHash),
}

const checkCodeHash: ClientCheck<IdTokenCheckFacts> = {
  id: 'client.id-token-c-hash-fits',
  title: 'c_hash of the ID token fits the code.',
  spec: 'OpenID Connect Core 1.0 3.3.2.11',
  judge: ({ claims: { c_hash: codeHash }, codeHash: expected }) =>
    codeHash === undefined || expected === null ? null : equal(codeHash, expected),
}

const checkSub: ClientCheck<IdTokenCheckFacts> = {
  id: 'client.id-token-has-sub',
  title: 'The ID token says who logged in.',
  spec: 'OpenID Connect Core 1.0 2',
  judge: ({ claims: { sub } }) => ({
    holds: typeof sub === 'string' && sub.length > 0 && sub.length <= 255,
    observed: worded(sub),
    expected: 'a text of 1 to 255 characters',
  }),
}

const checkSameSub: ClientCheck<IdTokenCheckFacts> = {
  id: 'client.id-token-sub-stays',
  title: 'A refreshed ID token is of the same user.',
  spec: 'OpenID Connect Core 1.0 12.2',
  judge: ({ claims, subjectBefore }) => (subjectBefore === null ? null : equal(claims.sub, subjectBefore)),
}

/** OpenID Connect Core 1.0 3.1.3.7, in its order where that matters. */
export const idTokenChecks: readonly ClientCheck<IdTokenCheckFacts>[] = [
  checkAlg,
  checkSignature,
  checkIss,
  checkAud,
  checkAzp,
  checkExp,
  checkIat,
  checkNonce,
  checkAtHash,
  checkCodeHash,
  checkSub,
  checkSameSub,
]

/** Claims of a token that stays shut are not judged; where the profile has no key for it, that is all there is to say. */
export const checkOpens: ClientCheck<Pick<IdTokenFacts, 'encryption'>> = {
  id: 'client.id-token-can-be-decrypted',
  title: 'The ID token is encrypted for this client.',
  spec: 'OpenID Connect Core 1.0 3.1.3.7 (1), 10.2',
  judge({ encryption }) {
    if (encryption === null) return null
    const { holds, observed, tried } = encryption
    const judgement = { observed, expected: 'a key of the profile that opens it' }
    if (tried) return { holds, ...judgement }
    return {
      holds: 'warn',
      ...judgement,
      hint: 'Nothing inside was checked. Give the private key or the secret of the client to the profile. Or take id_token_encrypted_response_alg off while you debug.',
    }
  },
}

/** For a text that should be an ID token and cannot be read. */
export const checkReadable: ClientCheck<{ claims: unknown; problem: string | null }> = {
  id: 'client.id-token-is-a-jwt',
  title: 'The ID token is a JWT.',
  spec: 'OpenID Connect Core 1.0 2',
  judge: ({ claims, problem }) =>
    isJsonObject(claims)
      ? null
      : { holds: false, observed: problem ?? 'no claims', expected: 'a JWS with claims' },
}
