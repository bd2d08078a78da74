import { type Check, pass } from '../../check.ts'
import { hasHarmfulScheme } from '../../harmful-scheme.ts'
import { invalidRedirectUri, listed, type MetadataFacts, texts } from './facts.ts'

export const checkRedirectUrisHarmless: Check<MetadataFacts> = {
  id: 'registration.redirect-uris-harmless',
  title: 'No redirect URI has a scheme that makes the browser itself run or read something',
  spec: 'RFC 7591 5, RFC 8252 7.1',
  run: ({ redirectUris }) => {
    const harmful = texts(redirectUris).filter(hasHarmfulScheme)
    return harmful.length === 0
      ? pass()
      : {
          ...invalidRedirectUri,
          description: 'A redirect URI has a scheme that no app can own',
          observed: listed(harmful),
          expected: 'https, http on a loopback address, or a scheme of the app',
        }
  },
}
