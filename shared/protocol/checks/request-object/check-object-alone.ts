import { type Check, pass } from '../../check.ts'

export const checkObjectAlone: Check<{ request: string | undefined; requestUri: string | undefined }> = {
  id: 'request-object.alone',
  title: 'request and request_uri do not come together',
  spec: 'RFC 9101 5, OpenID Connect Core 6.2',
  run: ({ request, requestUri }) =>
    request === undefined || requestUri === undefined
      ? pass()
      : {
          error: 'invalid_request',
          description: 'request and request_uri cannot be used together',
          observed: 'both',
          expected: 'one of them',
        },
}
