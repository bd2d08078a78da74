import { isGranted } from '../../authorization-details.ts'
import { type Check, pass } from '../../check.ts'
import { type DetailsNarrowingFacts, invalidDetails, typesOf } from './facts.ts'

export const checkDetailsNarrow: Check<DetailsNarrowingFacts> = {
  id: 'authorization-details.narrow',
  title: 'The token is asked for authorization_details of the grant only',
  spec: 'RFC 9396 6, 6.1',
  levels: {},
  run: ({ details, granted }) => {
    const beyond = details.filter((detail) => !isGranted(detail, granted))
    return beyond.length === 0
      ? pass(typesOf(details))
      : {
          ...invalidDetails('The authorization_details were not granted'),
          observed: typesOf(beyond),
          expected: `${typesOf(granted)}, as granted`,
          hint: 'locations, actions, datatypes and privileges may be fewer than granted; everything else must be the same.',
        }
  },
}
