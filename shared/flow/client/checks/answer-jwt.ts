import type { JsonObject } from '../../../protocol/jwt.ts'
import { isJsonObject, shown } from '../../../protocol/jwt.ts'
import { type ClientCheck, equal, type Judgement, worded } from '../check.ts'
import type { JwtFacts } from '../types.ts'

// An answer that comes as a JWT: its claims are used like the parameters or members it stands for.

/** What a JWT is an answer to, and what its standard demands of it. */
export interface AnswerJwtKind {
  /** Within the ids of its checks. */
  id: 'response' | 'userinfo'
  /** At the beginning of a sentence. */
  noun: string
  /** Sections of the standard. */
  spec: { form: string; encryption: string; signature: string; claims: string }
  /** Whether iss, aud and exp have to be there; where they are, they have to be right in any case. */
  demands: boolean
}

/** JWT Secured Authorization Response Mode for OAuth 2.0, 2.4 */
export const responseJwt: AnswerJwtKind = {
  id: 'response',
  noun: 'The response',
  spec: { form: 'JARM 2.1', encryption: 'JARM 2.2', signature: 'JARM 2.4', claims: 'JARM 2.4' },
  demands: true,
}

export const userinfoJwt: AnswerJwtKind = {
  id: 'userinfo',
  noun: 'The userinfo',
  spec: {
    form: 'OpenID Connect Core 1.0 5.3.2',
    encryption: 'OpenID Connect Core 1.0 5.3.2',
    signature: 'OpenID Connect Core 1.0 5.3.2',
    claims: 'OpenID Connect Core 1.0 5.3.2',
  },
  demands: false,
}

interface FormFacts extends JwtFacts {
  claims: JsonObject | null
  problem: string | null
}

/** Whether it can be read at all. */
export const answerFormChecks = ({ id, noun, spec }: AnswerJwtKind): ClientCheck<FormFacts>[] => [
  {
    id: `client.${id}-can-be-decrypted`,
    title: `${noun} is encrypted for this client.`,
    spec: spec.encryption,
    judge: ({ encryption }) =>
      encryption && { ...encryption, expected: 'a key of the profile that opens it' },
  },
  {
    id: `client.${id}-is-a-jwt`,
    title: `${noun} is a JWT.`,
    spec: spec.form,
    judge: ({ signed, claims, problem }) =>
      signed === null || isJsonObject(claims)
        ? null
        : { holds: false, observed: problem ?? 'no claims', expected: 'a JWS with claims' },
  },
]

interface ClaimsFacts extends JwtFacts {
  header: JsonObject
  claims: JsonObject
  clientId: string
  /** What `iss` has to be; null when nobody said. */
  issuer: string | null
  now: number
}

/** Seconds that clocks may differ. */
const SKEW = 60

/** Whether it may be believed. */
export const answerClaimsChecks = (kind: AnswerJwtKind): ClientCheck<ClaimsFacts>[] => [
  ...signatureChecks(kind),
  ...claimChecks(kind),
]

const signatureChecks = ({ id, noun, spec }: AnswerJwtKind): ClientCheck<ClaimsFacts>[] => [
  {
    id: `client.${id}-is-signed`,
    title: `${noun} is not unsigned.`,
    spec: spec.signature,
    judge: ({ header }) => ({
      holds: typeof header.alg === 'string' && header.alg.toLowerCase() !== 'none',
      observed: `alg ${shown(header.alg)}`,
      expected: 'an algorithm other than none',
    }),
  },
  {
    id: `client.${id}-signature-holds`,
    title: `${noun} is signed by a key of the issuer's JWKS.`,
    spec: spec.signature,
    judge: ({ signature }) => ({ ...signature, expected: 'a signature that holds' }),
  },
]

const claimChecks = ({ id, noun, spec, demands }: AnswerJwtKind): ClientCheck<ClaimsFacts>[] => {
  const absent = (expected: string): Judgement => ({
    holds: demands ? false : 'warn',
    observed: 'nothing',
    expected,
  })
  return [
    {
      id: `client.${id}-iss-is-expected`,
      title: `${noun} is of the issuer that was asked.`,
      spec: spec.claims,
      judge({ claims: { iss }, issuer }) {
        if (iss === undefined) return absent(issuer ?? 'an issuer')
        const unknown = 'the profile names no issuer'
        if (issuer === null) return { holds: 'warn', observed: worded(iss), expected: unknown }
        return equal(iss, issuer, 'A second issuer answers in place of the first (mix-up attack).')
      },
    },
    {
      id: `client.${id}-aud-is-us`,
      title: `${noun} is for this client.`,
      spec: spec.claims,
      judge({ claims: { aud }, clientId }) {
        if (aud === undefined) return absent(clientId)
        const audiences: unknown[] = Array.isArray(aud) ? aud : [aud]
        return {
          holds: audiences.includes(clientId),
          observed: worded(aud),
          expected: clientId,
          hint: 'An answer to another client was not meant for this one, however well it is signed.',
        }
      },
    },
    {
      id: `client.${id}-is-not-expired`,
      title: `${noun} has not expired.`,
      spec: spec.claims,
      judge({ claims: { exp }, now }) {
        if (exp === undefined && !demands) return null
        const holds = typeof exp === 'number' && now < exp + SKEW
        return { holds, observed: `exp ${worded(exp)}`, expected: `later than ${now}` }
      },
    },
  ]
}
