import { type Check, pass } from '../../check.ts'
import { redirectUriProblem } from '../../redirect-uri.ts'
import { invalidRedirectUri, listed, type MetadataFacts } from './facts.ts'

export const checkRedirectUrisWellFormed: Check<MetadataFacts> = {
  id: 'registration.redirect-uris-well-formed',
  title: 'Redirect URIs are absolute URIs without a fragment',
  spec: 'RFC 6749 3.1.2, RFC 7591 3.2.2',
  run: ({ redirectUris }) => {
    const broken = redirectUris.find((uri) => problemOf(uri) !== null)
    return broken === undefined
      ? pass()
      : {
          ...invalidRedirectUri,
          description: 'A redirect URI is not an absolute URI without a fragment',
          observed: `${problemOf(broken)}: ${listed([broken])}`,
          expected: 'absolute URIs without a fragment, each at most 2000 characters',
        }
  },
}

function problemOf(uri: unknown): string | null {
  if (typeof uri !== 'string') return 'no text'
  return uri.length > 2000 ? 'a URI of more than 2000 characters' : redirectUriProblem(uri)
}
