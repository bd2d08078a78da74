import { type Check, pass } from '../../check.ts'

export const checkThumbprintOfProof: Check<{ dpopJkt: string | undefined; jkt: string | null }> = {
  id: 'dpop.thumbprint-of-proof',
  title: 'dpop_jkt of a pushed request is the key of the proof beside it',
  spec: 'RFC 9449 10.1',
  levels: {},
  run: ({ dpopJkt, jkt }) =>
    dpopJkt === undefined || jkt === null || dpopJkt === jkt
      ? pass(jkt ?? 'no proof')
      : {
          error: 'invalid_request',
          description: 'dpop_jkt differs from the key of the DPoP proof',
          observed: `dpop_jkt ${dpopJkt}`,
          expected: jkt,
          hint: 'One of the two is enough.',
        },
}
