import { type Check, pass } from '../../check.ts'
import { hintRefusal } from '../../id-token-hint.ts'
import type { EndSessionFacts } from './facts.ts'

export const checkLogoutHint: Check<EndSessionFacts> = {
  id: 'end-session.hint',
  title: 'id_token_hint is an ID token of this issuer',
  spec: 'OpenID Connect RP-Initiated Logout 2, 4',
  run: ({ hint, hintEncrypted }) =>
    hint === null
      ? {
          error: 'invalid_request',
          description: 'id_token_hint is not an ID token of this issuer',
          ...hintRefusal(hintEncrypted),
          expected: 'an ID token as it came from the token endpoint; it may have expired',
        }
      : pass(hint === undefined ? 'left out' : `issued to ${hint.clientId}`),
}
