import { type Check, pass } from '../../check.ts'
import { invalidMetadata, type SectorFacts } from './facts.ts'

export const checkSectorReadable: Check<SectorFacts> = {
  id: 'registration.sector-readable',
  title: 'Behind sector_identifier_uri is a JSON list of URIs',
  spec: 'OpenID Connect Registration 5',
  run: ({ sectorIdentifierUri, problem, listed: uris }) =>
    problem === null
      ? pass(`${uris.length} URIs`)
      : {
          ...invalidMetadata,
          description: 'sector_identifier_uri cannot be read',
          observed: problem,
          expected: `a JSON array of redirect URIs at ${sectorIdentifierUri}`,
        },
}
