import { type Check, pass } from '../../check.ts'
import { invalidMetadata, listed, type MetadataFacts } from './facts.ts'

export const checkRegisteredScopeKnown: Check<MetadataFacts> = {
  id: 'registration.scope-known',
  title: 'The scopes a client registers are scopes of the workspace',
  spec: 'RFC 7591 2, RFC 6749 3.3',
  levels: { standard: 'warn', lenient: 'off' },
  run: ({ unknownScopes }) =>
    unknownScopes.length === 0
      ? pass()
      : {
          ...invalidMetadata,
          description: 'A scope is not known to this issuer',
          observed: `left out of the registration: ${listed(unknownScopes)}`,
          expected: 'scopes of the workspace',
          hint: 'Add it under Clients & scopes.',
        },
}
