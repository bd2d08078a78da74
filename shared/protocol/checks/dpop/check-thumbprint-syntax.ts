import { type Check, pass } from '../../check.ts'

export const checkThumbprintSyntax: Check<{ dpopJkt: string | undefined }> = {
  id: 'dpop.thumbprint-syntax',
  title: 'dpop_jkt is the SHA-256 thumbprint of a key',
  spec: 'RFC 9449 10, RFC 7638 3',
  run: ({ dpopJkt }) =>
    dpopJkt === undefined || /^[A-Za-z0-9_-]{43}$/.test(dpopJkt)
      ? pass(dpopJkt)
      : {
          error: 'invalid_request',
          description: 'dpop_jkt is not the SHA-256 thumbprint of a key',
          observed: `${dpopJkt.length} characters`,
          expected: '43 characters of base64url',
        },
}
