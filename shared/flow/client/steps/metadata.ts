import { endpointNames } from '../../../contract/operations/flow-profiles.ts'
import { judgeAll } from '../check.ts'
import { checkJson, checkStatus } from '../checks/answer.ts'
import { keysChecks, metadataChecks } from '../checks/metadata.ts'
import { asksForIdToken, asksForJwt, endpoint, findEndpoint, hasMetadata } from '../context.ts'
import { type FlowContext, FlowProblem, type RequestStep } from '../types.ts'
import { reading, refusedReading } from './answers.ts'

/**
 * Where the metadata of an issuer is: behind its URL (OpenID Connect Discovery 1.0 4), unless the URL is that of a document
 * itself (RFC 8414 3).
 */
export function metadataUrl(issuerUrl: string): string {
  if (new URL(issuerUrl).pathname.includes('/.well-known/')) return issuerUrl
  return `${issuerUrl.replace(/\/$/, '')}/.well-known/openid-configuration`
}

/** The issuer that a metadata document is asked for; null when its URL does not say. */
export function issuerOf(issuerUrl: string): string | null {
  const { pathname, origin } = new URL(issuerUrl)
  if (!pathname.includes('/.well-known/')) return issuerUrl
  const appended = /^(.*)\/\.well-known\/openid-configuration$/.exec(pathname)
  if (appended) return origin + appended[1]!
  const inserted = /^\/\.well-known\/oauth-authorization-server(\/.*)?$/.exec(pathname)
  return inserted ? origin + (inserted[1] ?? '') : null
}

export const metadataStep: RequestStep = {
  id: 'metadata',
  type: 'request',
  title: 'Fetch the metadata',
  does: 'The issuer describes itself: where its endpoints are, and what it supports.',
  spec: 'OpenID Connect Discovery 1.0 4, RFC 8414 3',
  needs: [],
  gives: ['metadata'],
  applies: hasMetadata,
  plan: (context) => ({
    method: 'GET',
    url: metadataUrl(issuerUrlOf(context)),
    headers: [['accept', 'application/json']],
  }),
  read(answer, context) {
    if (answer.status !== 200 || answer.json === null) return refusedReading(answer, 'RFC 8414 3.2')
    const asked = issuerOf(issuerUrlOf(context))
    const checks = [
      ...judgeAll([checkStatus('RFC 8414 3.2'), checkJson('RFC 8414 3.2')], { answer }),
      ...judgeAll(metadataChecks, { json: answer.json, issuerUrl: asked }),
    ]
    const named = endpointNames.filter((name) => typeof answer.json?.[name] === 'string')
    return reading(checks, {
      passed: `The issuer names ${named.length} endpoints.`,
      kept: { metadata: JSON.stringify(answer.json) },
    })
  },
}

function issuerUrlOf({ issuerUrl }: FlowContext): string {
  if (issuerUrl === null) throw new FlowProblem('Nothing says where the metadata is.')
  return issuerUrl
}

export const keysStep: RequestStep = {
  id: 'keys',
  type: 'request',
  title: 'Fetch the keys',
  does: "The issuer's public keys. ID tokens and answers that are JWTs are verified with them.",
  spec: 'RFC 7517 5, OpenID Connect Core 1.0 10.1.1',
  needs: [],
  gives: ['jwks'],
  applies: (context) => (asksForIdToken(context) || asksForJwt(context)) && hasKeys(context),
  plan: (context) => ({
    method: 'GET',
    url: endpoint(context, 'jwks_uri'),
    headers: [['accept', 'application/jwk-set+json, application/json']],
  }),
  read(answer) {
    if (answer.status !== 200 || answer.json === null) return refusedReading(answer, 'RFC 7517 5')
    const checks = judgeAll([checkStatus('RFC 7517 5'), ...keysChecks], { answer })
    const count = Array.isArray(answer.json.keys) ? answer.json.keys.length : 0
    const passed = `The issuer has ${count} ${count === 1 ? 'key' : 'keys'}.`
    return reading(checks, { passed, kept: { jwks: JSON.stringify(answer.json) } })
  },
}

/** The same before an answer of which nobody knows yet whether it is signed. */
export const answerKeysStep: RequestStep = { ...keysStep, applies: (context) => hasKeys(context) }

/** Endpoints that were typed in may lack the keys; then signatures are left unverified, and that is said. */
const hasKeys = (context: FlowContext): boolean =>
  hasMetadata(context) || findEndpoint(context, 'jwks_uri') !== undefined
