import { type Check, pass } from '../../check.ts'
import { printable } from '../../form.ts'
import type { ResponseFacts } from './facts.ts'

export const checkResponseModeSupported: Check<ResponseFacts> = {
  id: 'authorize.response-mode-supported',
  title: 'The issuer speaks this response_mode',
  spec: 'OAuth 2.0 Multiple Response Types 2.1',
  run: ({ responseMode, supportedResponseModes }) =>
    responseMode === undefined || supportedResponseModes.some((mode) => mode === responseMode)
      ? pass(responseMode ?? 'left out: query')
      : {
          error: 'invalid_request',
          description: `Unsupported response_mode ${printable(responseMode)}`,
          observed: printable(responseMode),
          expected: supportedResponseModes.join(', '),
        },
}
