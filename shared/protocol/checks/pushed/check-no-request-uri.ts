import { type Check, pass } from '../../check.ts'

export const checkNoRequestUri: Check<{ requestUri: string | undefined }> = {
  id: 'pushed.no-request-uri',
  title: 'The pushed request itself has no request_uri',
  spec: 'RFC 9126 2.1',
  run: ({ requestUri }) =>
    requestUri === undefined
      ? pass()
      : {
          error: 'invalid_request',
          description: 'request_uri cannot be pushed',
          observed: 'a request_uri',
          expected: 'the parameters themselves',
          hint: 'request_uri goes to the authorization endpoint, with client_id beside it.',
        },
}
