import { formParameters } from '../context.ts'
import type { Endpoint } from '../endpoint.ts'
import { loginByPassword } from '../password-login.ts'
import { json, NO_STORE } from '../reply.ts'
import { newSession } from '../session-cookie.ts'

/** Cookie login (topic 10 of the tutorial). With a second factor the session stays pending until /2fa/verify. */
export const loginEndpoint: Endpoint = {
  name: 'login',
  path: '/login',
  methods: ['POST'],
  cors: false,
  async handle(context) {
    const user = await loginByPassword(context, formParameters(context), 'Invalid credentials')
    const state = user.totpState === 'on' ? 'pending' : 'active'
    const session = newSession(context, { user, state, grantId: null, amr: ['pwd'] })
    context.core.database.write((writer) => session.insert(writer))
    const status = state === 'active' ? 'logged in' : 'second factor required'
    return json({ status }, { headers: [...NO_STORE, ['set-cookie', session.setCookie]] })
  },
}
