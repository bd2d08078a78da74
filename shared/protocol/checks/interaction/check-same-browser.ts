import { type Check, pass } from '../../check.ts'
import type { InteractionFacts } from './facts.ts'

export const checkSameBrowser: Check<InteractionFacts> = {
  id: 'interaction.same-browser',
  title: 'The login goes on in the browser it was begun in',
  spec: 'RFC 6749 10.12, RFC 9700 4.7',
  run: ({ sameBrowser }) =>
    sameBrowser
      ? pass()
      : {
          error: 'invalid_request',
          description: 'This login was begun in another browser',
          observed: 'no browser_id cookie, or that of another browser',
          expected: 'the browser_id cookie the authorization endpoint set',
          hint: 'A script must keep cookies between its requests, also those marked Secure. Safari drops Secure cookies over plain http: let Settings leave Secure off there.',
        },
}
