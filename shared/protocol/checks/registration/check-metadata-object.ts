import { type Check, pass } from '../../check.ts'
import { invalidMetadata, type MetadataBodyFacts } from './facts.ts'

export const checkMetadataObject: Check<MetadataBodyFacts> = {
  id: 'registration.metadata-object',
  title: 'The body is a JSON object',
  spec: 'RFC 7591 3.1',
  run: ({ problem }) =>
    problem === null
      ? pass()
      : {
          ...invalidMetadata,
          description: 'The body is not a JSON object',
          observed: problem,
          expected: 'client metadata as one JSON object, in UTF-8',
        },
}
