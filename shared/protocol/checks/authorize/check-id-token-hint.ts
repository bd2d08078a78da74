import { type Check, pass } from '../../check.ts'
import { hintRefusal } from '../../id-token-hint.ts'
import type { PromptFacts } from './facts.ts'

export const checkIdTokenHint: Check<PromptFacts> = {
  id: 'authorize.id-token-hint',
  title: 'id_token_hint is an ID token of this issuer',
  spec: 'OpenID Connect Core 3.1.2.1, 3.1.2.2',
  run: ({ hintGenuine, hintEncrypted }) =>
    hintGenuine === false
      ? {
          error: 'invalid_request',
          description: 'id_token_hint is not an ID token of this issuer',
          ...hintRefusal(hintEncrypted),
          expected: 'an ID token as it came from the token endpoint',
        }
      : pass(hintGenuine === null ? 'left out' : 'genuine'),
}
