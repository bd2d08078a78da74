import { type Check, pass } from '../../check.ts'
import { invalidMetadata, type MetadataBodyFacts } from './facts.ts'

export const checkMetadataMediaType: Check<MetadataBodyFacts> = {
  id: 'registration.media-type',
  title: 'The metadata is sent as application/json',
  spec: 'RFC 7591 3.1',
  levels: { lenient: 'warn' },
  run: ({ mediaType }) =>
    mediaType === 'application/json'
      ? pass(mediaType)
      : {
          ...invalidMetadata,
          description: 'Client metadata must be sent as application/json',
          observed: mediaType ? `Content-Type: ${mediaType}` : 'no Content-Type',
          expected: 'Content-Type: application/json',
        },
}
