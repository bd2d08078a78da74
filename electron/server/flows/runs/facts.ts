import { createHash } from 'node:crypto'
import { compactVerify, createLocalJWKSet, errors, type JSONWebKeySet } from 'jose'
import { jsonValue, parseObject } from '../../../../shared/flow/client/context.ts'
import type {
  FlowAnswer,
  FlowContext,
  FlowFacts,
  IdTokenFacts,
} from '../../../../shared/flow/client/types.ts'
import { decodeJwt } from '../../../../shared/protocol/jwt.ts'
import type { Core } from '../../core.ts'
import type { RunRecord } from './record.ts'
import { nowOf } from './target.ts'

/** What a step's reading needs that takes keys, hashes or the clock. */
export async function factsOf(
  core: Core,
  run: RunRecord,
  context: FlowContext,
  answer: FlowAnswer,
): Promise<FlowFacts> {
  const token = answer.json?.id_token
  return {
    now: nowOf(core, run.profile),
    idToken: typeof token === 'string' ? await idTokenFacts(run, context, answer, token) : null,
  }
}

async function idTokenFacts(
  run: RunRecord,
  context: FlowContext,
  { json }: FlowAnswer,
  token: string,
): Promise<IdTokenFacts> {
  const alg = String(decodeJwt(token).header?.alg ?? '')
  const hashOf = (value: unknown) => (typeof value === 'string' ? leftHalf(alg, value) : null)
  return {
    signature: await verify(run, context, token, alg),
    accessTokenHash: hashOf(json?.access_token),
    codeHash: hashOf(context.values.code),
  }
}

async function verify(
  { secrets }: RunRecord,
  context: FlowContext,
  token: string,
  alg: string,
): Promise<IdTokenFacts['signature']> {
  const jwks = jsonValue(context, 'jwks')
  try {
    if (alg.startsWith('HS')) {
      if (secrets.secret === null) return { holds: false, observed: `${alg}, and the profile has no secret` }
      await compactVerify(token, new TextEncoder().encode(secrets.secret))
      return { holds: true, observed: `${alg} with the client secret` }
    }
    if (!Array.isArray(jwks.keys)) return { holds: false, observed: 'no keys were fetched to verify it with' }
    const { protectedHeader } = await compactVerify(
      token,
      createLocalJWKSet(jwks as unknown as JSONWebKeySet),
    )
    return { holds: true, observed: `${alg} with key ${protectedHeader.kid ?? 'without kid'}` }
  } catch (error) {
    return { holds: false, observed: problemOf(error, token) }
  }
}

function problemOf(error: unknown, token: string): string {
  const { kid } = decodeJwt(token).header ?? {}
  if (error instanceof errors.JWKSNoMatchingKey) return `no key ${JSON.stringify(kid)} in the JWKS`
  if (error instanceof errors.JWSSignatureVerificationFailed) return 'the signature does not fit'
  return error instanceof Error ? error.message : String(error)
}

/** Left half of the hash that belongs to the algorithm (OpenID Connect Core 1.0 3.1.3.6); null where none does. */
function leftHalf(alg: string, value: string): string | null {
  const bits =
    /^(?:RS|PS|ES|HS)(256|384|512)$/.exec(alg)?.[1] ?? (/^Ed(?:DSA|25519)$/.test(alg) ? '512' : null)
  if (bits === null) return null
  const digest = createHash(`sha${bits}`).update(value, 'ascii').digest()
  return digest.subarray(0, digest.length / 2).toString('base64url')
}

export const toAnswer = (status: number, headers: [string, string][], body: string): FlowAnswer => ({
  status,
  headers,
  body,
  json: parseObject(body),
})
