import { type Check, pass } from '../../check.ts'
import { type AuthorizationDetailsFacts, invalidDetails, typesOf } from './facts.ts'

export const checkDetailsTypeKnown: Check<Pick<AuthorizationDetailsFacts, 'details' | 'known'>> = {
  id: 'authorization-details.type-known',
  title: 'The issuer knows every type of authorization_details',
  spec: 'RFC 9396 5',
  levels: { lenient: 'warn' },
  run: ({ details, known }) => {
    const unknown = details.filter(({ type }) => !known.includes(type as string))
    return unknown.length === 0
      ? pass(typesOf(details))
      : {
          ...invalidDetails('Unknown type of authorization_details'),
          observed: typesOf(unknown),
          expected: known.join(' or ') || 'none: the issuer knows no type',
          hint: 'Types are in the settings, and in authorization_details_types_supported of the metadata.',
        }
  },
}
