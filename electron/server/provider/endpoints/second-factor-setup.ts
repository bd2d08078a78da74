import { checkNotEnrolled } from '../../../../shared/protocol/checks/second-factor/index.ts'
import { newTotpSecret, provisioningUri, qrDataUrl } from '../../second-factor/totp.ts'
import { findUser, saveUser } from '../../store/users.ts'
import { authenticateUser } from '../bearer.ts'
import { check } from '../context.ts'
import type { Endpoint } from '../endpoint.ts'
import { tokenReply } from '../reply.ts'

/** Gives the caller a TOTP secret (RFC 6238); it counts once /2fa/verify has seen the first right code. */
export const secondFactorSetupEndpoint: Endpoint = {
  name: '2fa-setup',
  path: '/2fa/setup',
  methods: ['POST'],
  cors: true,
  async handle(context) {
    const { core } = context
    const { user: caller } = await authenticateUser(context)
    const secret = newTotpSecret(core.random)
    const user = core.database.write((writer) => {
      const current = findUser(writer, caller.id)!
      check(context, [checkNotEnrolled], { state: current.totpState })
      const enrolled = { ...current, totpState: 'pending' as const, totpSecret: secret, totpLastStep: null }
      saveUser(writer, enrolled)
      return enrolled
    })
    core.events.publish({ type: 'changed', noun: 'users' })
    const uri = provisioningUri(user, secret)
    return tokenReply({ provisioning_uri: uri, secret, qr: await qrDataUrl(uri) })
  },
}
