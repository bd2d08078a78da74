import { type Check, pass } from '../../check.ts'
import { printable } from '../../form.ts'
import { fragmentOf } from '../../request-uri.ts'
import { type FetchedFacts, fetchedRefusal } from './facts.ts'

export const checkReferenceHash: Check<FetchedFacts> = {
  id: 'request-uri.hash',
  title: 'What is fetched is what the fragment of the request_uri is a hash of',
  spec: 'OpenID Connect Core 6.2, OpenID Connect Registration 2',
  levels: { lenient: 'warn' },
  run: ({ requestUri, hash }) => {
    const fragment = fragmentOf(requestUri)
    if (fragment === null || fragment === hash) return pass(fragment === null ? 'no fragment' : 'the same')
    return {
      ...fetchedRefusal,
      observed: `#${printable(fragment)}`,
      expected: `#${hash}, the SHA-256 of what was fetched, base64url`,
      hint: 'The file was changed and the URI was not. Leave the fragment out, or send the hash of the file as it is now.',
    }
  },
}
