import { type CheckVerdict, runChecks } from '../../../shared/protocol/check.ts'
import { checkEncryptionKey } from '../../../shared/protocol/checks/encryption/index.ts'
import {
  type ContentEncryption,
  DEFAULT_CONTENT_ENCRYPTION,
  isSecretEncryption,
  type KeyEncryption,
} from '../../../shared/protocol/jwe.ts'
import type { Core } from '../core.ts'
import type { Trail } from '../recorder/trail.ts'
import type { ClientRecord } from '../store/clients.ts'
import { keyName } from './client-keys.ts'
import { encrypt, type Recipient } from './jwe/encrypt.ts'
import { keyOfSecret } from './jwe/secret-key.ts'

/** What may be encrypted for a client, by the beginning of its settings. */
export type EncryptedAnswer = 'idToken' | 'userinfo' | 'authorization' | 'introspection'

const words: Record<EncryptedAnswer, string> = {
  idToken: 'ID token',
  userinfo: 'answer of userinfo',
  authorization: 'authorization response',
  introspection: 'answer of introspection',
}

/** Where it is noted with which key, or why with none. */
export type EncryptionTrail = Pick<Trail, 'verdicts'>

/** Turns an answer into what is sent. */
export type Encrypter = (text: string, cty?: 'JWT') => Promise<string>

/** Whether the client wants this answer encrypted. */
export const isEncrypted = (client: ClientRecord, answer: EncryptedAnswer): boolean =>
  client[`${answer}EncryptedResponseAlg`] !== null

/**
 * How this answer is encrypted for the client: not at all, unless it registered for that. Asked before anything is stored or used
 * up, so that a key that is gone costs nothing.
 *
 * @throws OAuthError invalid_request when the key is gone
 */
export async function encrypterFor(
  core: Core,
  client: ClientRecord | undefined,
  answer: EncryptedAnswer,
  { verdicts }: EncryptionTrail,
): Promise<Encrypter> {
  const alg = client?.[`${answer}EncryptedResponseAlg`] ?? null
  if (!client || alg === null) return async (text) => text
  const enc = client[`${answer}EncryptedResponseEnc`] ?? DEFAULT_CONTENT_ENCRYPTION
  const found = await keyFor(core, client, alg, enc).catch((error: unknown) => messageOf(error))
  const facts = { answer: words[answer], alg }
  runChecks(
    [checkEncryptionKey],
    typeof found === 'string'
      ? { ...facts, problem: found, key: '' }
      : { ...facts, problem: null, key: nameOf(found) },
    { profile: 'standard', note: (verdict) => noteOnce(verdicts, verdict) },
  )
  const recipient: Recipient = { alg, enc, key: found as Recipient['key'] }
  return (text, cty) => encrypt(core.random, text, recipient, cty)
}

/** An error that is to be told encrypted is refused for the very reason it tells. */
function noteOnce(verdicts: Trail['verdicts'], verdict: CheckVerdict): void {
  const known = verdicts.some(
    ({ check, observed }) => check === verdict.check && observed === verdict.observed,
  )
  if (!known) verdicts.push(verdict)
}

async function keyFor(
  { clientKeys }: Core,
  client: ClientRecord,
  alg: KeyEncryption,
  enc: ContentEncryption,
): Promise<Recipient['key']> {
  if (!isSecretEncryption(alg)) return clientKeys.encrypting(client, alg)
  if (client.secret === null) throw new Error('the client has no secret')
  return keyOfSecret(client.secret, alg, enc)
}

const nameOf = (key: Recipient['key']): string =>
  Buffer.isBuffer(key) ? 'a key made of the client secret' : keyName(key)

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))
