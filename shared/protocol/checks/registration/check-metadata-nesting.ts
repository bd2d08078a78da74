import { type Check, pass } from '../../check.ts'
import { invalidMetadata, type MetadataBodyFacts } from './facts.ts'

export const checkMetadataNesting: Check<MetadataBodyFacts> = {
  id: 'registration.metadata-nesting',
  title: 'The metadata is not nested deeper than the issuer reads',
  spec: 'RFC 8259 9',
  run: ({ depth }) =>
    depth <= MAX_DEPTH
      ? pass(`${depth} levels`)
      : {
          ...invalidMetadata,
          description: 'The metadata is nested too deeply',
          observed: `${depth} levels`,
          expected: `at most ${MAX_DEPTH}`,
        },
}

const MAX_DEPTH = 16
