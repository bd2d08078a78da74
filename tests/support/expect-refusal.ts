import { expect } from 'vitest'
import type { Answer } from './issuer.ts'

export interface Refused {
  status: number
  error: string
  description: string
  /** WWW-Authenticate header; null for none. */
  challenge?: string | null
  /** Whole Retry-After header. */
  retryAfter?: string | null
}

/** Compares the whole of what a refusal puts on the wire: status, headers, and the body to its last field. */
export function expectRefusal(answer: Answer, refused: Refused): void {
  const { status, error, description, challenge = null, retryAfter = null } = refused
  expect({
    status: answer.status,
    contentType: answer.headers.get('content-type'),
    cacheControl: answer.headers.get('cache-control'),
    challenge: challengeIn(answer),
    retryAfter: answer.headers.get('retry-after'),
    body: answer.body,
  }).toEqual({
    status,
    contentType: 'application/json',
    cacheControl: 'no-store',
    challenge,
    retryAfter,
    body: { error, error_description: description, detail: description },
  })
}

/**
 * The challenge without what every one for bearer tokens has beside it: the scheme DPoP (RFC 9449 7.2), and where the sample API
 * describes itself (RFC 9728 5.1) or else the realm, since the scheme never stands alone (RFC 6750 3).
 */
function challengeIn({ headers }: Answer): string | null {
  const challenge = headers.get('www-authenticate')
  if (!challenge?.startsWith('Bearer')) return challenge
  expect(challenge).toMatch(/, DPoP algs="[A-Za-z0-9 ]+"$/)
  expect(challenge).toMatch(/^Bearer [a-z_]+="/)
  return challenge
    .replace(/, DPoP algs="[^"]*"$/, '')
    .replace(/(?:,|(?<=^Bearer)) (?:resource_metadata|realm)="[^"]*"/, '')
}

/** 401 invalid_client with the challenge of the token endpoint (RFC 6749 5.2). */
export const expectInvalidClient = (answer: Answer, description: string): void =>
  expectRefusal(answer, {
    status: 401,
    error: 'invalid_client',
    description,
    challenge: 'Basic realm="token", charset="UTF-8"',
  })

/** 401 invalid_token with its reason in body and challenge (RFC 6750 3.1). */
export const expectInvalidToken = (answer: Answer, description: string): void =>
  expectRefusal(answer, {
    status: 401,
    error: 'invalid_token',
    description,
    challenge: `Bearer error="invalid_token", error_description="${description}"`,
  })

/** 401 with the bare challenge, as to somebody who showed nothing (RFC 6750 3.1). */
export const expectUnauthenticated = (answer: Answer, description = 'Not authenticated'): void =>
  expectRefusal(answer, { status: 401, error: 'invalid_token', description, challenge: 'Bearer' })
