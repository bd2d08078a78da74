import { createLocalJWKSet, type JSONWebKeySet, type JWTVerifyOptions, jwtVerify } from 'jose'
import { DEFAULT_ISSUER } from '../../../shared/contract/values.ts'
import { decodeJwt, type JsonObject } from '../../../shared/protocol/jwt.ts'
import type { TokenRecord } from '../store/tokens.ts'
import { findToken } from '../store/tokens.ts'
import { findUser, type UserRecord } from '../store/users.ts'
import { type Answer, type Bench, type Person, StepFailure } from './bench.ts'

// What several recipes do.

/** The password grant at the token endpoint (RFC 6749 4.3). */
export const logIn = (
  bench: Bench,
  { person = bench.person, ...more }: { person?: Person; password?: string; scope?: string } = {},
): Promise<Answer> =>
  bench.send({
    path: '/token',
    form: {
      grant_type: 'password',
      username: person.username,
      password: more.password ?? person.password,
      client_id: bench.clientId,
      ...(more.scope === undefined ? {} : { scope: more.scope }),
    },
  })

/** Logs in and hands both tokens on to later steps. */
export async function logInAndKeep(bench: Bench, scope?: string): Promise<Answer> {
  const answer = await logIn(bench, scope === undefined ? {} : { scope })
  bench.keep('access token', answer.body.access_token)
  bench.keep('refresh token', answer.body.refresh_token)
  return answer
}

export const claimsOf = (token: string): JsonObject => decodeJwt(token).claims ?? {}

/** A jti, or the empty text for what has none. */
export const jtiOf = (token: string): string => String(claimsOf(token).jti ?? '')

/** @throws StepFailure when the ledger does not know the token */
export function rowOf({ core }: Bench, token: string): TokenRecord {
  const row = findToken(core.database.read, jtiOf(token))
  if (!row) throw new StepFailure('The ledger does not know this token.')
  return row
}

/** @throws StepFailure when the user is gone */
export function storedUser({ core }: Bench, { id }: Person): UserRecord {
  const user = findUser(core.database.read, id)
  if (!user) throw new StepFailure(`The user "${id}" has been removed during the run.`)
  return user
}

/**
 * Verifies an access token as a resource server would (RFC 9068 4): with the key of its kid from /jwks, or with the shared
 * secret where the issuer signs with HS256. Null when it holds, else why it does not.
 */
export async function accessTokenProblem(bench: Bench, token: string): Promise<string | null> {
  const options: JWTVerifyOptions = {
    issuer: bench.issuer,
    audience: bench.issuer,
    typ: 'at+jwt',
    currentDate: new Date(bench.core.clock.now()),
  }
  const { body } = await bench.send({ path: '/jwks' })
  try {
    const { header } = decodeJwt(token)
    if (header?.alg === 'HS256') await jwtVerify(token, await sharedSecret(bench, header.kid), options)
    else await jwtVerify(token, createLocalJWKSet(body as unknown as JSONWebKeySet), options)
    return null
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

async function sharedSecret({ core }: Bench, kid: unknown) {
  const key = typeof kid === 'string' ? await core.keys.verifier(DEFAULT_ISSUER, kid, 'access') : undefined
  if (!key) throw new StepFailure(`The issuer has no key ${JSON.stringify(kid)}.`)
  return key.key
}
