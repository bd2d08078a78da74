import { judgeAll } from '../check.ts'
import { firstOfEach, logoutChecks } from '../checks/redirect.ts'
import { endpoint, lookUp, needed, present } from '../context.ts'
import type { LoginStep } from '../types.ts'
import { reading } from './answers.ts'

export const endSessionStep: LoginStep = {
  id: 'end_session',
  type: 'login',
  title: 'Log out at the issuer',
  does: 'The browser takes the ID token back to the issuer, which ends its session and those of its apps, and comes back.',
  spec: 'OpenID Connect RP-Initiated Logout 1.0 2',
  needs: ['post_logout_redirect_uri', 'logout_state'],
  gives: [],
  returnsTo: 'post_logout_redirect_uri',
  stateValue: 'logout_state',
  plan: (context) => ({
    method: 'GET',
    url: endpoint(context, 'end_session_endpoint'),
    query: present([
      ['id_token_hint', lookUp(context, 'id_token_hint')],
      ['client_id', context.profile.clientId],
      ['post_logout_redirect_uri', needed(context, 'post_logout_redirect_uri')],
      ['state', needed(context, 'logout_state')],
    ]),
  }),
  read(redirect, context) {
    const checks = judgeAll(logoutChecks, {
      redirect,
      parameters: firstOfEach(redirect.parameters),
      state: needed(context, 'logout_state'),
      redirectUri: needed(context, 'post_logout_redirect_uri'),
      issuer: null,
      issPromised: false,
      jwt: { asked: false, came: false },
    })
    return reading(checks, { passed: 'Logged out, and back.' })
  },
}
