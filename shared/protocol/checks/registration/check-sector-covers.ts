import { type Check, pass } from '../../check.ts'
import { invalidMetadata, listed, type SectorFacts } from './facts.ts'

export const checkSectorCovers: Check<SectorFacts> = {
  id: 'registration.sector-covers',
  title: 'The list behind sector_identifier_uri has every redirect URI',
  spec: 'OpenID Connect Registration 5',
  run: ({ redirectUris, listed: uris }) => {
    const missing = redirectUris.filter((uri) => !uris.includes(uri))
    return missing.length === 0
      ? pass()
      : {
          ...invalidMetadata,
          description: 'A redirect URI is not in the list behind sector_identifier_uri',
          observed: `missing: ${listed(missing)}`,
          expected: 'every redirect URI, to the letter',
        }
  },
}
