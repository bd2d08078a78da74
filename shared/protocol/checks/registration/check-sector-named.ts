import { type Check, pass } from '../../check.ts'
import { invalidMetadata, listed, type MetadataFacts, texts } from './facts.ts'

export const checkSectorNamed: Check<MetadataFacts> = {
  id: 'registration.sector-named',
  title: 'A pairwise client with redirect URIs on several hosts names its sector',
  spec: 'OpenID Connect Core 8.1, OpenID Connect Registration 5',
  run: ({ subjectType, redirectUris, sectorIdentifierUri }) => {
    if (subjectType !== 'pairwise' || sectorIdentifierUri !== null) return pass(subjectType)
    const hosts = new Set(
      texts(redirectUris).flatMap((uri) => (URL.canParse(uri) ? [new URL(uri).hostname] : [])),
    )
    return hosts.size < 2
      ? pass(`pairwise for ${[...hosts].join()}`)
      : {
          ...invalidMetadata,
          description: 'sector_identifier_uri is required for redirect URIs on several hosts',
          observed: listed([...hosts]),
          expected: 'redirect URIs on one host, or a sector_identifier_uri',
        }
  },
}
