import { OAuthError } from '../../../../shared/protocol/errors.ts'
import { bodyParameters } from '../context.ts'
import { takeProof } from '../dpop/proof.ts'
import type { Endpoint } from '../endpoint.ts'
import { refresh } from '../refresh.ts'
import { tokenReply } from '../reply.ts'

/** The tutorial's way to refresh: the token alone, as JSON or form, and 401 where the token endpoint says 400. */
export const refreshEndpoint: Endpoint = {
  name: 'refresh',
  path: '/refresh',
  methods: ['POST'],
  cors: true,
  async handle(context) {
    const parameters = bodyParameters(context)
    context.trail.grantType = 'refresh_token'
    await takeProof(context, null)
    try {
      return tokenReply(await refresh(context, null, parameters))
    } catch (error) {
      throw error instanceof OAuthError && error.refusal.error === 'invalid_grant'
        ? unauthorized(error)
        : error
    }
  },
}

const unauthorized = ({ refusal, check }: OAuthError) =>
  new OAuthError({ ...refusal, status: 401, challenge: 'Bearer' }, check)
