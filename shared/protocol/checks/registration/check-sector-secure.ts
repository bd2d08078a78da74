import { type Check, pass } from '../../check.ts'
import { invalidMetadata, isHttp, isLoopbackHttp, type MetadataFacts } from './facts.ts'

export const checkSectorSecure: Check<MetadataFacts> = {
  id: 'registration.sector-secure',
  title: 'sector_identifier_uri is https, or on this machine',
  spec: 'OpenID Connect Registration 2, 5',
  levels: { standard: 'warn', lenient: 'off' },
  run: ({ sectorIdentifierUri }) =>
    sectorIdentifierUri === null || !isHttp(sectorIdentifierUri) || isLoopbackHttp(sectorIdentifierUri)
      ? pass(sectorIdentifierUri ?? 'none')
      : {
          ...invalidMetadata,
          description: 'sector_identifier_uri is not https',
          observed: sectorIdentifierUri,
          expected: 'https, or http on a loopback address',
        },
}
