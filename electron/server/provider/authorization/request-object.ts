import {
  checkObjectAlone,
  checkObjectReadable,
  checkObjectRequired,
  checkObjectSize,
  objectContentChecks,
  objectGenuineChecks,
  objectUseChecks,
  type RequestObjectFacts,
} from '../../../../shared/protocol/checks/request-object/index.ts'
import { type Parameters, pairsOf, parametersOf } from '../../../../shared/protocol/form.ts'
import { publicKeyAlgorithms, secretAlgorithms } from '../../../../shared/protocol/jwk.ts'
import { type DecodedJwt, decodeJwt, signedJwtProblem } from '../../../../shared/protocol/jwt.ts'
import { filledUp, objectParameters, parametersBeside } from '../../../../shared/protocol/request-object.ts'
import type { ClientRecord } from '../../store/clients.ts'
import { noteUse, signatureOf } from '../client-auth/assertion.ts'
import type { SignatureFacts } from '../client-auth/signature-facts.ts'
import { check, type RequestContext } from '../context.ts'
import { issuerUrls } from '../issuer-url.ts'
import { signedInside } from './encrypted-object.ts'

/** What a request object may be signed with; `none` only by a client that is registered for it. */
export const requestObjectAlgs: readonly string[] = [...secretAlgorithms, ...publicKeyAlgorithms, 'none']

/**
 * The parameters of a request that came by value: as they are, or those inside its request object (RFC 9101, OpenID Connect
 * Core 1.0 6.1).
 *
 * @throws OAuthError invalid_request_object, or invalid_request for a client that has to sign and did not
 */
export async function readRequestObject(
  context: RequestContext,
  client: ClientRecord,
  sent: Parameters,
): Promise<Parameters> {
  const request = sent.get('request')
  check(context, [checkObjectAlone], { request, requestUri: sent.get('request_uri') })
  const decoded = request === undefined ? null : await takeApart(context, client, request)
  const { alg } = decoded?.header ?? {}
  const algorithm = decoded === null ? null : typeof alg === 'string' ? alg : 'none'
  check(context, [checkObjectRequired], { required: client.requireSignedRequestObject, algorithm })
  return decoded === null ? sent : accept(context, client, decoded, sent)
}

async function takeApart(
  context: RequestContext,
  client: ClientRecord,
  request: string,
): Promise<DecodedJwt> {
  check(context, [checkObjectSize], { request, problem: null })
  const signed = await signedInside(context, client, request)
  const decoded = decodeJwt(signed)
  check(context, [checkObjectReadable], { request: signed, problem: signedJwtProblem(decoded) })
  return decoded
}

async function accept(
  context: RequestContext,
  client: ClientRecord,
  decoded: DecodedJwt,
  sent: Parameters,
): Promise<Parameters> {
  const { core } = context
  const claims = decoded.claims ?? {}
  const { parameters, problem } = objectParameters(claims)
  const beside = parametersOf(pairsOf(sent).filter(([name]) => name !== 'request' && name !== 'client_id'))
  const facts: RequestObjectFacts = {
    problem: null,
    header: decoded.header ?? {},
    claims,
    clientId: client.id,
    registeredAlgorithm: client.requestObjectSigningAlg,
    ...(await signatureFacts(context, client, decoded)),
    audiences: issuerUrls(context),
    now: core.clock.now(),
    usedAt: null,
    parameterProblem: problem,
    beside: parametersBeside(beside, parameters),
    responseTypeBeside: sent.get('response_type'),
  }
  check(context, objectGenuineChecks, facts)
  check(context, objectContentChecks, facts)
  check(context, objectUseChecks, { ...facts, usedAt: noteUse(context, client, 'request', facts) })
  const inside = parametersOf([
    ...pairsOf(parameters).filter(([name]) => name !== 'client_id'),
    named(client),
  ])
  // Who has to sign every request wants nothing in it that anybody else could add.
  const closed = context.profile === 'strict' || client.requireSignedRequestObject
  return closed ? inside : filledUp(inside, beside)
}

const named = ({ id }: ClientRecord): [string, string] => ['client_id', id]

/** Only who registered for it may send what nobody signed (OpenID Connect Core 1.0 6.1). */
function signatureFacts(
  { core }: RequestContext,
  client: ClientRecord,
  decoded: DecodedJwt,
): Promise<SignatureFacts> | SignatureFacts {
  const unsigned = decoded.header?.alg === 'none' && decoded.signature === ''
  if (!unsigned || client.requestObjectSigningAlg !== 'none') return signatureOf(core, client, decoded)
  return {
    keysProblem: null,
    algorithms: ['none'],
    secretBytes: null,
    signature: 'valid',
    reason: 'not signed, as the client registered',
  }
}
