import { type Check, pass } from '../../check.ts'
import { invalidRedirectUri, listed, type MetadataFacts, texts } from './facts.ts'

export const checkRedirectUrisPrivateScheme: Check<MetadataFacts> = {
  id: 'registration.redirect-uris-private-scheme',
  title: "A scheme of the app's own is a domain name in reverse",
  spec: 'RFC 8252 7.1, 8.4',
  levels: { standard: 'warn', lenient: 'off' },
  run: ({ redirectUris }) => {
    const short = texts(redirectUris).filter((uri) => !/^(https?:|[^:]*\.)/i.test(uri))
    return short.length === 0
      ? pass()
      : {
          ...invalidRedirectUri,
          description: 'A redirect URI has a private scheme without a period',
          observed: listed(short),
          expected: 'a scheme such as com.example.app:',
          hint: 'Any other app may claim a short scheme, and get the codes meant for this one.',
        }
  },
}
