import type { AssertionFacts } from '../../../../shared/protocol/checks/assertion/index.ts'

/** What keys say of an assertion. */
export type SignatureFacts = Pick<
  AssertionFacts,
  'keysProblem' | 'algorithms' | 'secretBytes' | 'signature' | 'reason'
>
