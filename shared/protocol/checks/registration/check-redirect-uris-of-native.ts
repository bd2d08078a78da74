import { type Check, pass } from '../../check.ts'
import { invalidRedirectUri, listed, type MetadataFacts, texts } from './facts.ts'

/**
 * OpenID Connect Registration 1.0 leaves a native client no https, while RFC 8252 7.2 has an app claim URLs of its own site. Strict
 * goes by the letter; elsewhere the newer document counts, and what the older one says is a warning.
 */
export const checkRedirectUrisOfNative: Check<MetadataFacts> = {
  id: 'registration.redirect-uris-of-native',
  title: 'A native client has redirect URIs of a scheme of its own, or http on a loopback address',
  spec: 'OpenID Connect Registration 2, RFC 8252 7',
  levels: { standard: 'warn', lenient: 'off' },
  run({ applicationType, redirectUris }) {
    if (applicationType !== 'native') return pass(applicationType)
    // Plain http that leaves this machine has a check of its own.
    const claimed = texts(redirectUris).filter((uri) => /^https:/i.test(uri))
    return claimed.length === 0
      ? pass('native')
      : {
          ...invalidRedirectUri,
          description: 'A redirect URI is not for a client of application_type native',
          observed: listed(claimed),
          expected: 'a scheme such as com.example.app:, or http on localhost, 127.0.0.1 or [::1]',
          hint: 'An app that claims URLs of its own site (RFC 8252 7.2) is let in with this check at warn or off.',
        }
  },
}
