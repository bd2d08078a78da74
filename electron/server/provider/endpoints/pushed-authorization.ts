import { checkClientNamed } from '../../../../shared/protocol/checks/client/index.ts'
import { checkThumbprintOfProof } from '../../../../shared/protocol/checks/dpop/index.ts'
import { checkNoRequestUri } from '../../../../shared/protocol/checks/pushed/index.ts'
import { type Parameters, pairsOf, parametersOf } from '../../../../shared/protocol/form.ts'
import type { ClientRecord } from '../../store/clients.ts'
import { keepPushed, PUSHED_LIFETIME } from '../authorization/pushed.ts'
import { readAuthorizationRequest, readTarget } from '../authorization/request.ts'
import { readRequestObject } from '../authorization/request-object.ts'
import { authenticateClient } from '../client-auth/authenticate.ts'
import { check, formParameters, type RequestContext } from '../context.ts'
import { takeProof } from '../dpop/proof.ts'
import type { Endpoint } from '../endpoint.ts'
import { json, NO_STORE } from '../reply.ts'

/** RFC 9126: the authorization request from client to issuer, checked before there is a user, and out of the browser's hands. */
export const pushedAuthorizationEndpoint: Endpoint = {
  name: 'pushed-authorization',
  path: '/par',
  methods: ['POST'],
  cors: false,
  async handle(context) {
    const sent = formParameters(context)
    const { client, named } = await authenticateClient(context, sent)
    check(context, [checkClientNamed], { grantType: 'authorization_code', clientId: client.id, named })
    check(context, [checkNoRequestUri], { requestUri: sent.get('request_uri') })
    await takeProof(context, null)
    const asked = await readRequestObject(context, client, requestOf(client, sent))
    const parameters = boundToProof(context, asked)
    const target = readTarget(context, client, parameters)
    await readAuthorizationRequest(context, parameters, client, target)
    const requestUri = keepPushed(context, client, parameters)
    return json(
      { request_uri: requestUri, expires_in: PUSHED_LIFETIME },
      { status: 201, headers: [...NO_STORE] },
    )
  },
}

const NOT_OF_THE_REQUEST = ['client_id', 'client_secret', 'client_assertion', 'client_assertion_type']

/** The authorization request alone: without what the client authenticated with, whose name it bears. */
const requestOf = (client: ClientRecord, sent: Parameters): Parameters =>
  parametersOf([
    ...pairsOf(sent).filter(([name]) => !NOT_OF_THE_REQUEST.includes(name)),
    ['client_id', client.id] as const,
  ])

/** A proof that comes beside the request stands for its dpop_jkt (RFC 9449 10.1). */
function boundToProof(context: RequestContext, parameters: Parameters): Parameters {
  const { jkt } = context
  const dpopJkt = parameters.get('dpop_jkt')
  check(context, [checkThumbprintOfProof], { dpopJkt, jkt })
  if (jkt === null || dpopJkt !== undefined) return parameters
  return parametersOf([...pairsOf(parameters), ['dpop_jkt', jkt]])
}
