import { type Check, pass } from '../../check.ts'
import { printable } from '../../form.ts'
import { isRegisteredRequestUri, withoutFragment } from '../../request-uri.ts'
import { type ReferenceFacts, referenceRefusal } from './facts.ts'

// What the issuer gave out itself was put in place of the request before: what is still here leads elsewhere.
export const checkReferenceRegistered: Check<ReferenceFacts> = {
  id: 'request-uri.registered',
  title: 'A request_uri was given out by this issuer, or registered by the client',
  spec: 'OpenID Connect Registration 2, RFC 9101 5.2, 10.4',
  run: ({ requestUri, registered }) =>
    isRegisteredRequestUri(requestUri, registered)
      ? pass(printable(withoutFragment(requestUri)))
      : {
          ...referenceRefusal,
          description: 'The request_uri is not registered for the client',
          observed: printable(requestUri),
          expected:
            registered.length === 0
              ? 'the request_uri of a pushed request: the client registered no request_uris'
              : `one of ${registered.join(', ')}, or the request_uri of a pushed request`,
          hint: 'Nothing is fetched that the client did not register. Add it to request_uris in Clients & scopes, or push the request to the /par endpoint (RFC 9126).',
        },
}
