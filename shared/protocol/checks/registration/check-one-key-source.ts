import { type Check, pass } from '../../check.ts'
import { invalidMetadata, type MetadataFacts } from './facts.ts'

export const checkOneKeySource: Check<MetadataFacts> = {
  id: 'registration.one-key-source',
  title: 'jwks and jwks_uri are not both there',
  spec: 'RFC 7591 2',
  run: ({ hasJwks, jwksUri }) =>
    hasJwks && jwksUri !== null
      ? {
          ...invalidMetadata,
          description: 'jwks and jwks_uri cannot both be registered',
          observed: 'both',
          expected: 'jwks_uri, or jwks where the client has no place for it',
        }
      : pass(),
}
