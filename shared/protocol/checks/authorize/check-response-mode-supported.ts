import { responseModes } from '../../authorization-request.ts'
import { type Check, pass } from '../../check.ts'
import { printable } from '../../form.ts'
import type { ResponseFacts } from './facts.ts'

export const checkResponseModeSupported: Check<ResponseFacts> = {
  id: 'authorize.response-mode-supported',
  title: 'The issuer speaks this response_mode',
  spec: 'OAuth 2.0 Multiple Response Types 2.1, JARM 2.3',
  run: ({ responseMode }) =>
    responseMode === undefined || responseModes.some((mode) => mode === responseMode)
      ? pass(responseMode ?? 'left out')
      : {
          error: 'invalid_request',
          description: `Unsupported response_mode ${printable(responseMode)}`,
          observed: printable(responseMode),
          expected: responseModes.join(', '),
        },
}
