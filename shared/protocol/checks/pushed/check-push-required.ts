import { type Check, pass } from '../../check.ts'

export const checkPushRequired: Check<{ required: boolean; pushed: boolean }> = {
  id: 'pushed.required',
  title: 'A client that has to push its requests does',
  spec: 'RFC 9126 4, 6',
  run: ({ required, pushed }) =>
    !required || pushed
      ? pass(pushed ? 'pushed' : 'by the browser')
      : {
          error: 'invalid_request',
          description: 'The client has to push its authorization requests',
          observed: 'a request that came by the browser alone',
          expected: 'client_id and the request_uri of a pushed request',
          hint: 'The client is set to "Require pushed requests" in Clients & scopes: send the request to the /par endpoint first.',
        },
}
