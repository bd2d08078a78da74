import { type Check, pass } from '../../check.ts'
import { LONGEST_CHAIN, type PartiesFacts } from './facts.ts'

export const checkChainBounded: Check<PartiesFacts> = {
  id: 'exchange.chain-bounded',
  title: 'The chain of actors stays short',
  spec: 'RFC 8693 4.1',
  run: ({ chain }) =>
    chain <= LONGEST_CHAIN
      ? pass(`${chain}`)
      : {
          error: 'invalid_request',
          description: `The token would name more than ${LONGEST_CHAIN} actors`,
          observed: `${chain} actors, one inside the other`,
          expected: `${LONGEST_CHAIN} at most`,
          hint: 'Two services that hand a token to and fro make it longer each time.',
        },
}
