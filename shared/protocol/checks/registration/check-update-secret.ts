import { type Check, pass } from '../../check.ts'
import { invalidMetadata, type UpdateFacts } from './facts.ts'

export const checkUpdateSecret: Check<UpdateFacts> = {
  id: 'registration.update-secret',
  title: 'An update does not choose another secret',
  spec: 'RFC 7592 2.2',
  run: ({ clientSecret, secretMatches }) =>
    clientSecret === undefined || secretMatches
      ? pass(clientSecret === undefined ? 'left out' : 'the one issued')
      : {
          ...invalidMetadata,
          description: 'client_secret is not the one that was issued',
          observed: 'another client_secret',
          expected: 'the client_secret of the registration, or none at all',
        },
}
