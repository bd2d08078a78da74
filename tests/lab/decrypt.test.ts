import { CompactEncrypt } from 'jose'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestCore, type TestCore } from '../support/core.ts'

let core: TestCore
beforeAll(async () => {
  core = await openTestCore()
})
afterAll(() => core.close())

test.each([
  ['A128KW', 'A128GCM', 16],
  ['A192KW', 'A192CBC-HS384', 24],
  ['A256KW', 'A256GCM', 32],
  ['dir', 'A256GCM', 32],
  ['PBES2-HS256+A128KW', 'A128GCM', 20],
] as const)('what jose encrypts with %s and %s is opened with the same secret', async (alg, enc, length) => {
  const secret = Buffer.alloc(length, 7)
  const jwe = await new CompactEncrypt(new TextEncoder().encode('ÿ 🦊'))
    .setProtectedHeader({ alg, enc })
    .encrypt(secret)
  const decrypt = (bytes: Buffer) =>
    core.client.call('lab.decrypt', {
      token: jwe,
      key: { kind: 'secret', secret: bytes.toString('hex'), encoding: 'hex' },
    })
  expect((await decrypt(secret)).plaintext).toBe('ÿ 🦊')
  await expect(decrypt(Buffer.alloc(length, 8))).rejects.toMatchObject({ code: 'refused' })
  await expect(decrypt(Buffer.alloc(3))).rejects.toMatchObject({ code: 'refused' })
})
