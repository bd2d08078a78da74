import { createHash } from 'node:crypto'
import { headerOf, parseObject } from '../../../../shared/flow/client/context.ts'
import type {
  AnswerFacts,
  FlowAnswer,
  FlowContext,
  FlowFacts,
  IdTokenFacts,
  RedirectAnswer,
} from '../../../../shared/flow/client/types.ts'
import { decodeJwt } from '../../../../shared/protocol/jwt.ts'
import type { Core } from '../../core.ts'
import { jwtFacts } from './jwt-facts.ts'
import type { RunRecord } from './record.ts'
import { nowOf } from './target.ts'

/** The JWTs a client verifies. */
export const tokensOfAnswer = (answer: FlowAnswer): string[] =>
  [answer.json?.id_token, jwtOf(answer)].filter((token) => typeof token === 'string')

/** JARM 2.1 has all of an authorization response in one parameter. */
export const tokensOfRedirect = ({ parameters }: RedirectAnswer): string[] =>
  parameters.flatMap(([name, value]) => (name === 'response' ? [value] : [])).slice(0, 1)

/** An answer that is a JWT as a whole; null for any other. */
const jwtOf = ({ headers, body }: FlowAnswer): string | null =>
  /^application\/jwt\b/i.test(headerOf(headers, 'content-type') ?? '') ? body.trim() : null

/** What a step's reading needs that takes keys, hashes or the clock. */
export async function factsOf(
  core: Core,
  run: RunRecord,
  context: FlowContext,
  answer: FlowAnswer,
): Promise<FlowFacts> {
  const token = answer.json?.id_token
  const jwt = jwtOf(answer)
  return {
    now: nowOf(core, run.profile),
    idToken: typeof token === 'string' ? await idTokenFacts(run, context, answer, token) : null,
    jwt: jwt === null ? null : await jwtFacts(run, context, jwt),
  }
}

/** The same of what a browser came back with. */
export async function redirectFacts(
  core: Core,
  run: RunRecord,
  context: FlowContext,
  redirect: RedirectAnswer,
): Promise<AnswerFacts> {
  const [response] = tokensOfRedirect(redirect)
  return {
    now: nowOf(core, run.profile),
    jwt: response === undefined ? null : await jwtFacts(run, context, response),
  }
}

async function idTokenFacts(
  run: RunRecord,
  context: FlowContext,
  { json }: FlowAnswer,
  token: string,
): Promise<IdTokenFacts> {
  const facts = await jwtFacts(run, context, token)
  const alg = String(decodeJwt(facts.signed ?? '').header?.alg ?? '')
  const hashOf = (value: unknown) => (typeof value === 'string' ? leftHalf(alg, value) : null)
  return {
    ...facts,
    accessTokenHash: hashOf(json?.access_token),
    codeHash: hashOf(context.values.code),
  }
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
