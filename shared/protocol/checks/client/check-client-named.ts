import { type Check, pass } from '../../check.ts'
import type { NamedClientFacts } from './facts.ts'

const NEEDED_BY: readonly string[] = ['authorization_code', 'urn:ietf:params:oauth:grant-type:device_code']

// RFC 6749 asks for it where a code could be another client's. Of passwords and refresh tokens it does not (4.3.2, 6), and the
// tutorial's clients send none with those.
export const checkClientNamed: Check<NamedClientFacts> = {
  id: 'client.named',
  title: 'A client that does not authenticate says who it is',
  spec: 'RFC 6749 3.2.1, 4.1.3, RFC 8628 3.1, 3.4',
  levels: { lenient: 'warn' },
  run: ({ grantType, named, clientId }) => {
    if (named) return pass(clientId)
    if (!NEEDED_BY.includes(grantType)) return pass(`no client_id: taken for ${clientId}`)
    return {
      error: 'invalid_request',
      description: 'Parameter client_id is missing',
      observed: 'neither client_id nor client authentication',
      expected: 'client_id',
      hint: 'Without it a client could take a code that was meant for another.',
    }
  },
}
