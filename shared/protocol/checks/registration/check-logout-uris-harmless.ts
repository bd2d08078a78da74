import { type Check, pass } from '../../check.ts'
import { hasHarmfulScheme } from '../../harmful-scheme.ts'
import { invalidMetadata, listed, type MetadataFacts } from './facts.ts'

export const checkLogoutUrisHarmless: Check<MetadataFacts> = {
  id: 'registration.logout-uris-harmless',
  title: 'No logout leads to a scheme that makes the browser itself run or read something',
  spec: 'RFC 7591 5, OpenID Connect RP-Initiated Logout 3.1, 6',
  run: ({ postLogoutRedirectUris }) => {
    const harmful = postLogoutRedirectUris.filter(hasHarmfulScheme)
    return harmful.length === 0
      ? pass()
      : {
          ...invalidMetadata,
          description: 'A post_logout_redirect_uri has a scheme that no app can own',
          observed: listed(harmful),
          expected: 'https, http on a loopback address, or a scheme of the app',
        }
  },
}
