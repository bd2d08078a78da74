import { type Check, pass } from '../../check.ts'
import { invalidRedirectUri, isHttp, isLoopbackHttp, listed, type MetadataFacts, texts } from './facts.ts'

export const checkRedirectUrisSecure: Check<MetadataFacts> = {
  id: 'registration.redirect-uris-secure',
  title: 'Redirect URIs over plain http stay on this machine',
  spec: 'RFC 7591 5, RFC 8252 7.3',
  levels: { lenient: 'warn' },
  run: ({ redirectUris }) => {
    const plain = texts(redirectUris).filter((uri) => isHttp(uri) && !isLoopbackHttp(uri))
    return plain.length === 0
      ? pass()
      : {
          ...invalidRedirectUri,
          description: 'A redirect URI leads to another machine over plain http',
          observed: listed(plain),
          expected: 'https, or http on localhost, 127.0.0.1 or [::1]',
        }
  },
}
