import { checkResourceKnown } from '../../../shared/protocol/checks/webfinger/check-resource-known.ts'
import { checkResourceNamed } from '../../../shared/protocol/checks/webfinger/check-resource-named.ts'
import { type CheckCase, invalidRequest, of } from './case.ts'

const asked = { resources: ['acct:alice@localhost'], issuer: 'http://localhost:4400' }

export const webFingerCases: CheckCase[] = [
  of(
    checkResourceNamed,
    [asked, { ...asked, resources: ['http://localhost:4400'] }],
    [
      [
        { ...asked, resources: [] },
        { ...invalidRequest, description: 'Parameter resource is missing', observed: 'none' },
      ],
      [
        { ...asked, resources: ['alice'] },
        { ...invalidRequest, observed: 'alice' },
      ],
      [{ ...asked, resources: ['acct:a@b', 'acct:c@d'] }, { observed: 'acct:a@b acct:c@d' }],
    ],
  ),
  of(
    checkResourceKnown,
    [asked],
    [
      [
        { ...asked, issuer: null },
        { ...invalidRequest, status: 404, observed: 'acct:alice@localhost' },
      ],
    ],
  ),
]
