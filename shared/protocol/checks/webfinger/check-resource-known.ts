import { type Check, pass } from '../../check.ts'
import { printable } from '../../form.ts'
import type { WebFingerFacts } from './facts.ts'

export const checkResourceKnown: Check<WebFingerFacts> = {
  id: 'webfinger.resource-known',
  title: 'The resource is a user of this host, or an issuer on it',
  spec: 'RFC 7033 4.2, OpenID Connect Discovery 2.1',
  run: ({ resources, issuer }) =>
    issuer !== null
      ? pass(issuer)
      : {
          error: 'invalid_request',
          status: 404,
          description: 'Nothing is known of this resource',
          observed: printable(resources.join(' ')),
          expected: 'acct:, the name of a user, @ and the host of the issuer; or the URL of an issuer',
        },
}
