import { responseSigningAlg } from '../../../../shared/contract/operations/client-options.ts'
import {
  bearsToken,
  codeChallengeMethods,
  displays,
  prompts,
  type ResponseType,
  responseModes,
} from '../../../../shared/protocol/authorization-request.ts'
import { checkChallengeHashed } from '../../../../shared/protocol/checks/authorize/check-challenge-hashed.ts'
import { checkResponseTypeSafe } from '../../../../shared/protocol/checks/authorize/check-response-type-safe.ts'
import { checkObjectSigned } from '../../../../shared/protocol/checks/request-object/check-object-signed.ts'
import { contentEncryptions, keyEncryptions } from '../../../../shared/protocol/jwe.ts'
import { offeredEncryptions } from '../../tokens/open-encrypted.ts'
import type { RequestContext } from '../context.ts'
import { enforces } from '../in-force.ts'
import { supportedResponseTypes } from './request.ts'
import { requestObjectAlgs } from './request-object.ts'

/** What discovery says of the authorization endpoint (RFC 8414 2, OpenID Connect Discovery 1.0 3, RFC 9101 9.3, JARM 4). */
export function authorizationMetadata(context: RequestContext) {
  const algs = enforces(context, checkObjectSigned)
    ? requestObjectAlgs.filter((alg) => alg !== 'none')
    : requestObjectAlgs
  return {
    response_types_supported: advertisedResponseTypes(context),
    response_modes_supported: responseModes,
    code_challenge_methods_supported: enforces(context, checkChallengeHashed)
      ? codeChallengeMethods.filter((method) => method !== 'plain')
      : codeChallengeMethods,
    authorization_response_iss_parameter_supported: true,
    authorization_signing_alg_values_supported: responseSigningAlg.options,
    authorization_encryption_alg_values_supported: keyEncryptions,
    authorization_encryption_enc_values_supported: contentEncryptions,
    prompt_values_supported: prompts,
    display_values_supported: displays,
    ui_locales_supported: ['en'],
    request_parameter_supported: true,
    request_uri_parameter_supported: true,
    require_request_uri_registration: true,
    request_object_signing_alg_values_supported: algs,
    request_object_encryption_alg_values_supported: offeredEncryptions(context.core, context.issuerName),
    request_object_encryption_enc_values_supported: contentEncryptions,
    require_signed_request_object: false,
    require_pushed_authorization_requests: false,
  }
}

/** Beside the grant types of the token endpoint: what tokens straight from this one are called (RFC 7591 2.1). */
export const implicitGrantTypes = (context: RequestContext): string[] =>
  advertisedResponseTypes(context).some(bearsToken) ? ['implicit'] : []

/** Those a client without a profile of its own gets an answer for. */
function advertisedResponseTypes(context: RequestContext): readonly ResponseType[] {
  const spoken = supportedResponseTypes(context)
  return enforces(context, checkResponseTypeSafe) ? spoken.filter((type) => !bearsToken(type)) : spoken
}
