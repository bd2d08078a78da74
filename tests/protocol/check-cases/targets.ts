import { checkDetailsBounded } from '../../../shared/protocol/checks/authorization-details/check-details-bounded.ts'
import { checkDetailsFields } from '../../../shared/protocol/checks/authorization-details/check-details-fields.ts'
import { checkDetailsNarrow } from '../../../shared/protocol/checks/authorization-details/check-details-narrow.ts'
import { checkDetailsReadable } from '../../../shared/protocol/checks/authorization-details/check-details-readable.ts'
import { checkDetailsTypeAllowed } from '../../../shared/protocol/checks/authorization-details/check-details-type-allowed.ts'
import { checkDetailsTypeKnown } from '../../../shared/protocol/checks/authorization-details/check-details-type-known.ts'
import { checkDetailsTypePresent } from '../../../shared/protocol/checks/authorization-details/check-details-type-present.ts'
import { checkResourceListed } from '../../../shared/protocol/checks/resource/check-resource-listed.ts'
import { checkResourceNarrows } from '../../../shared/protocol/checks/resource/check-resource-narrows.ts'
import { checkResourceRegistered } from '../../../shared/protocol/checks/resource/check-resource-registered.ts'
import { checkResourceSyntax } from '../../../shared/protocol/checks/resource/check-resource-syntax.ts'
import { checkResourcesBounded } from '../../../shared/protocol/checks/resource/check-resources-bounded.ts'
import { rfc9396 } from '../../support/rfc9396.ts'
import { type CheckCase, of } from './case.ts'

const invalidTarget = { error: 'invalid_target' } as const
const invalidDetails = { error: 'invalid_authorization_details' } as const

const own = ['https://issuer.test', 'https://issuer.test/items']
const api = 'https://api.test/'
const { payment, accounts, customer } = rfc9396
const known = ['payment_initiation', 'account_information']
const nested = (levels: number): object => (levels === 0 ? {} : { inner: nested(levels - 1) })

/** Where a token is for, and what it is for in detail. */
export const targetCases: CheckCase[] = [
  of(
    checkResourceSyntax,
    [{ resources: [] }, { resources: ['https://api.test/a?b', 'urn:api'] }],
    [
      [{ resources: [api, 'api'] }, { ...invalidTarget, observed: 'api' }],
      [{ resources: ['/api'] }, invalidTarget],
      [{ resources: ['https://api.test/#'] }, invalidTarget],
      [{ resources: ['https://api.test/ b'] }, invalidTarget],
      [{ resources: [`${api}${'x'.repeat(2_000)}`] }, invalidTarget],
    ],
  ),
  of(
    checkResourcesBounded,
    [{ resources: Array(20).fill(api) }],
    [[{ resources: Array(21).fill(api) }, { ...invalidTarget, observed: '21 resources' }]],
  ),
  of(
    checkResourceListed,
    [
      { resources: ['https://any.test'], own, listed: null },
      { resources: [api, own[1]!], own, listed: [api] },
      { resources: [], own, listed: [] },
    ],
    [
      [
        { resources: ['https://api.test'], own, listed: [api] },
        { ...invalidTarget, observed: 'https://api.test', expected: `${api} or ${own[0]}` },
      ],
      [{ resources: [api], own, listed: [] }, invalidTarget],
    ],
  ),
  of(
    checkResourceRegistered,
    [
      { resources: own, own, listed: null },
      { resources: [api], own, listed: [api] },
    ],
    [
      [
        { resources: [api], own, listed: null },
        { ...invalidTarget, observed: api, expected: own[0]! },
      ],
    ],
  ),
  of(
    checkResourceNarrows,
    [
      { resources: [api], granted: [api, 'urn:other'], own },
      { resources: [], granted: [api], own },
      { resources: own, granted: [], own },
    ],
    [
      [
        { resources: ['urn:more'], granted: [api], own },
        { ...invalidTarget, expected: api },
      ],
      [{ resources: own, granted: [api], own }, invalidTarget],
      [
        { resources: [api], granted: [], own },
        { ...invalidTarget, observed: api },
      ],
    ],
  ),
  of(
    checkDetailsReadable,
    [{ problem: null, details: [payment] }],
    [
      [
        { problem: 'JSON that is not an array', details: [] },
        { ...invalidDetails, observed: 'JSON that is not an array' },
      ],
    ],
  ),
  of(
    checkDetailsBounded,
    [{ size: 20_000, details: [payment, nested(8) as never] }],
    [
      [{ size: 20_001, details: [payment] }, invalidDetails],
      [{ size: 100, details: Array(21).fill(payment) }, invalidDetails],
      [{ size: 100, details: [nested(9) as never] }, invalidDetails],
    ],
  ),
  of(
    checkDetailsTypePresent,
    [{ details: [payment, accounts] }, { details: [] }],
    [
      [{ details: [payment, { actions: [] }] }, { ...invalidDetails, observed: 'element 2: type left out' }],
      [{ details: [{ type: '' }] }, invalidDetails],
      [{ details: [{ type: 1 }] }, invalidDetails],
    ],
  ),
  of(
    checkDetailsTypeKnown,
    [{ details: [payment, accounts], known }],
    [
      [
        { details: [payment, customer], known },
        { ...invalidDetails, observed: 'customer_information', expected: known.join(' or ') },
      ],
      [{ details: [payment], known: [] }, invalidDetails],
    ],
  ),
  of(
    checkDetailsTypeAllowed,
    [
      { details: [payment], allowed: null, clientId: 'app' },
      { details: [payment], allowed: known, clientId: 'app' },
    ],
    [
      [
        { details: [payment], allowed: ['account_information'], clientId: 'app' },
        { ...invalidDetails, observed: 'payment_initiation by app', expected: 'account_information' },
      ],
      [{ details: [payment], allowed: [], clientId: 'app' }, invalidDetails],
    ],
  ),
  of(
    checkDetailsFields,
    [{ details: [payment, accounts, customer, { type: 'x', identifier: 'y' }] }],
    [
      [{ details: [{ ...payment, locations: 'https://example.com' }] }, invalidDetails],
      [{ details: [{ ...accounts, actions: [1] }] }, { ...invalidDetails, observed: 'actions [1]' }],
      [{ details: [{ ...customer, datatypes: null }] }, invalidDetails],
      [{ details: [{ type: 'x', identifier: 1 }] }, { ...invalidDetails, expected: 'text' }],
    ],
  ),
  of(
    checkDetailsNarrow,
    [
      { details: [], granted: [payment] },
      { details: [payment], granted: [accounts, payment] },
      { details: [{ ...accounts, actions: ['read_balances'] }], granted: [accounts] },
    ],
    [
      [
        { details: [accounts], granted: [payment] },
        { ...invalidDetails, observed: 'account_information' },
      ],
      [{ details: [{ ...accounts, actions: ['delete'] }], granted: [accounts] }, invalidDetails],
      [{ details: [{ ...accounts, actions: [] }], granted: [accounts] }, invalidDetails],
      [{ details: [{ type: 'account_information' }], granted: [accounts] }, invalidDetails],
      [
        {
          details: [{ ...payment, instructedAmount: { currency: 'EUR', amount: '999.00' } }],
          granted: [payment],
        },
        invalidDetails,
      ],
      [{ details: [{ ...payment, more: true }], granted: [payment] }, invalidDetails],
    ],
  ),
]
