import { createPublicKey, type JsonWebKey } from 'node:crypto'
import { ContractError, notFound } from '../../../shared/contract/envelope.ts'
import { invalidInput } from '../../../shared/contract/issues.ts'
import type { Key } from '../../../shared/contract/operations/keys.ts'
import {
  DEFAULT_ISSUER,
  type EncryptionKeyAlg,
  encryptionKeyAlg,
  type SigningAlg,
  signingAlg,
} from '../../../shared/contract/values.ts'
import type { Core } from '../core.ts'
import { existingIssuer, publicUrl } from '../issuers.ts'
import type { Reader, Writer } from '../store/database.ts'
import {
  activateKey,
  countTokensByKey,
  deleteKey,
  insertKey,
  isEncryptionKey,
  type KeyRecord,
  keyState,
  listKeys,
  liveTokensOfKey,
  type NewKey,
  restoreTokensOfKey,
  retireOtherPairs,
  revokeTokensOfKey,
  type SigningKeyRecord,
  setKeyRetired,
  setKeyRevoked,
} from '../store/keys.ts'
import {
  type EncryptionMaterial,
  generateEncryptionKey,
  generateSigningKey,
  type KeyMaterial,
} from '../tokens/generate-key.ts'
import { importEncryptionKey, importSigningKey } from '../tokens/import-key.ts'
import type { HandlersOf } from './handlers.ts'
import { updateIssuer } from './issuers.ts'

export const keyHandlers = (core: Core): HandlersOf<'keys'> => ({
  ...reading(core),
  ...adding(core),
  ...changing(core),
})

type Reading = 'keys.list' | 'keys.get' | 'keys.usage' | 'keys.jwks' | 'keys.secret'
type Adding = 'keys.generate' | 'keys.import'

const reading = (core: Core): Pick<HandlersOf<'keys'>, Reading> => ({
  'keys.list': () => core.keys.list().map(toKey),
  'keys.get': ({ kid }) => {
    const key = existing(core.database.read, kid)
    return { ...toKey(key), pem: pemOf(key) }
  },
  'keys.usage': () => countTokensByKey(core.database.read, core.clock.now()),
  'keys.jwks': ({ issuer }) => {
    const name = existingIssuer(core, issuer)
    const url = publicUrl(core, name)
    return { url: url === undefined ? null : `${url}/jwks`, jwks: core.keys.published(name) }
  },
  'keys.secret': ({ kid }) => ({ secret: sharedSecret(existing(core.database.read, kid)) }),
})

const adding = (core: Core): Pick<HandlersOf<'keys'>, Adding> => ({
  'keys.generate': async ({ alg, ...place }) => {
    existingIssuer(core, place.issuer)
    if (place.use === 'encryption') return addPair(core, await generateEncryptionKey(pairAlgOf(alg)), place)
    refuseForRefresh(place.use, alg)
    return addSigningKey(core, await generateSigningKey(signingAlgOf(alg), core.random), place, place.use)
  },
  'keys.import': async ({ text, alg, ...place }) => {
    existingIssuer(core, place.issuer)
    if (place.use === 'encryption')
      return addPair(core, await importEncryptionKey(text, alg && pairAlgOf(alg)), place)
    const material = await importSigningKey(text, alg && signingAlgOf(alg), core.random)
    refuseForRefresh(place.use, material.alg)
    return addSigningKey(core, material, place, place.use)
  },
})

const wrongAlg = (message: string) => invalidInput([{ path: 'alg', message }])

/** @throws ContractError `invalid_input` for an algorithm that signs */
function pairAlgOf(alg: Key['alg']): EncryptionKeyAlg {
  const known = encryptionKeyAlg.options.find((option) => option === alg)
  if (known) return known
  throw wrongAlg(`must be ${encryptionKeyAlg.options.join(' or ')}: the key is for others to encrypt with`)
}

/** @throws ContractError `invalid_input` for an algorithm that encrypts */
function signingAlgOf(alg: Key['alg']): SigningAlg {
  const known = signingAlg.options.find((option) => option === alg)
  if (known) return known
  throw wrongAlg(`must be one of ${signingAlg.options.join(', ')}: the key is to sign with`)
}

function changing(core: Core): Omit<HandlersOf<'keys'>, Reading | Adding> {
  const { database, clock } = core
  /** Changes one key in a transaction of its own, and tells what it is now. */
  const change = (kid: string, work: (writer: Writer, key: KeyRecord, now: number) => unknown): Key => {
    const changed = database.write((writer) => {
      work(writer, existing(writer, kid), clock.now())
      return toKey(existing(writer, kid))
    })
    tell(core, 'keys')
    return changed
  }

  return {
    'keys.activate': async ({ kid }) => {
      const key = change(kid, (writer, record, now) => {
        refuseRevoked(record)
        refusePair(record)
        if (!record.active) activateKey(writer, record as SigningKeyRecord, now)
      })
      await follow(core, key)
      return key
    },
    'keys.publish': ({ kid }) =>
      change(kid, (writer, record, now) => {
        refuseRevoked(record)
        refuseSigning(record, 'It is in the JWKS already.')
        if (record.retiredAt !== null) setKeyRetired(writer, kid, false, now)
      }),
    'keys.retire': ({ kid }) =>
      change(kid, (writer, record, now) => {
        refuseRevoked(record)
        refuseSigning(record, 'Every token it signs would fail where the JWKS is looked at.')
        if (record.retiredAt === null) setKeyRetired(writer, kid, true, now)
      }),
    'keys.revoke': ({ kid }) => {
      const key = change(kid, (writer, record, now) => {
        refuseSigning(record, 'Every token it signs would be refused.')
        if (record.revokedAt !== null) return
        setKeyRevoked(writer, kid, true, now)
        revokeTokensOfKey(writer, kid, now)
      })
      tell(core, 'tokens')
      return key
    },
    'keys.restore': ({ kid }) => {
      const key = change(kid, (writer, record, now) => {
        if (record.revokedAt === null)
          throw new ContractError('refused', `Key ${kid} is not revoked: there is nothing to take back.`)
        setKeyRevoked(writer, kid, false, now)
        restoreTokensOfKey(writer, kid)
      })
      tell(core, 'tokens')
      return key
    },
    'keys.delete': ({ kid }) => {
      database.write((writer) => {
        refuseSigning(existing(writer, kid), 'Nothing could be signed any more.')
        refuseNeeded(writer, kid, clock.now())
        deleteKey(writer, kid)
      })
      tell(core, 'keys')
      return {}
    },
  }
}

const tell = ({ events }: Core, noun: 'keys' | 'tokens') => events.publish({ type: 'changed', noun })

interface Place {
  issuer?: string | undefined
  activate: boolean
}

const MOST_KEYS = 100

async function addSigningKey(
  core: Core,
  material: KeyMaterial,
  place: Place,
  use: SigningKeyRecord['use'],
): Promise<Key> {
  const key = addKey(core, place, (added) => ({ ...material, ...added, use, active: place.activate }))
  if (place.activate) await follow(core, key)
  return key
}

const addPair = (core: Core, material: EncryptionMaterial, place: Place): Key =>
  addKey(
    core,
    place,
    (added) => ({ ...material, ...added, use: 'encryption', active: false }),
    (writer, { issuer, createdAt }) => {
      if (place.activate) retireOtherPairs(writer, { ...material, issuer }, createdAt)
    },
  )

function addKey(
  core: Core,
  place: Place,
  toKeyAt: (added: { issuer: string; createdAt: number }) => NewKey,
  also: (writer: Writer, key: NewKey) => void = () => {},
): Key {
  const { database, clock } = core
  const issuer = place.issuer ?? DEFAULT_ISSUER
  const made = toKeyAt({ issuer, createdAt: clock.now() })
  const key = database.write((writer) => {
    // The issuer may have gone while the key was made.
    existingIssuer(core, issuer)
    const known = listKeys(writer)
    const same = known.find(({ kid }) => kid === made.kid)
    if (same)
      throw new ContractError('conflict', `The issuer "${same.issuer}" has a key ${same.kid} already.`)
    if (known.filter((other) => other.issuer === issuer).length >= MOST_KEYS)
      throw new ContractError('refused', `The issuer "${issuer}" has ${MOST_KEYS} keys. Delete some first.`)
    insertKey(writer, made)
    also(writer, made)
    return toKey(existing(writer, made.kid))
  })
  tell(core, 'keys')
  return key
}

/** Sets the issuer to the algorithm of the key that signs now, so that the next start finds the same key at work. */
async function follow(core: Core, { issuer, use, alg }: Key): Promise<void> {
  if (use !== 'access' || core.settingsOf(issuer).signingAlg === alg) return
  const changes = { signingAlg: signingAlgOf(alg) }
  if (issuer === DEFAULT_ISSUER) return void (await core.changeSettings(changes))
  await updateIssuer(core, issuer, changes)
  core.events.publish({ type: 'changed', noun: 'issuers' })
}

function existing(reader: Reader, kid: string): KeyRecord {
  const key = listKeys(reader).find((candidate) => candidate.kid === kid)
  if (!key) throw notFound('key', kid)
  return key
}

function refuseSigning({ kid, active, use }: KeyRecord, consequence: string): void {
  if (!active) return
  throw new ContractError(
    'refused',
    `Key ${kid} is the one that signs ${use} tokens. ${consequence} Activate another one first.`,
  )
}

function refusePair({ kid, use }: KeyRecord): void {
  if (use === 'encryption')
    throw new ContractError(
      'refused',
      `Key ${kid} is for others to encrypt with, and signs nothing. It is offered while it is in the JWKS (keys.publish).`,
    )
}

function refuseRevoked({ kid, revokedAt }: KeyRecord): void {
  if (revokedAt !== null)
    throw new ContractError('refused', `Key ${kid} is revoked. Take that back first (keys.restore).`)
}

function refuseNeeded(reader: Reader, kid: string, now: number): void {
  const jtis = liveTokensOfKey(reader, kid, now)
  if (jtis.length === 0) return
  const more = jtis.length > 3 ? ` and ${jtis.length - 3} more` : ''
  const tokens = jtis.length === 1 ? 'A token lives' : `${jtis.length} tokens live`
  throw new ContractError(
    'refused',
    `${tokens} that key ${kid} signed: ${jtis.slice(0, 3).join(', ')}${more}. Revoke the key to refuse them.`,
  )
}

function refuseForRefresh(use: KeyRecord['use'], alg: Key['alg']): void {
  if (use !== 'refresh' || alg === 'HS256') return
  throw wrongAlg('must be HS256: only the issuer itself verifies refresh tokens')
}

/** The one secret that must be shared: an API verifies HS256 with what signed it. All others stay here. */
function sharedSecret(key: KeyRecord): string {
  const { use, privateJwk } = key
  if (isEncryptionKey(key))
    throw new ContractError('refused', 'The private half of this key decrypts, and never leaves the issuer.')
  if (use === 'access' && privateJwk.kty === 'oct' && typeof privateJwk.k === 'string') return privateJwk.k
  throw new ContractError(
    'refused',
    use === 'refresh'
      ? 'Refresh tokens are for the issuer alone; nobody else has to verify them.'
      : 'This key signs with a private part that never leaves. Verify with its public key, from the JWKS.',
  )
}

/** SubjectPublicKeyInfo (RFC 7468 13). */
function pemOf({ publicJwk }: KeyRecord): string | null {
  if (publicJwk === null) return null
  const key = createPublicKey({ key: publicJwk as JsonWebKey, format: 'jwk' })
  return key.export({ type: 'spki', format: 'pem' }).toString()
}

function toKey(record: KeyRecord): Key {
  const { kid, issuer, alg, use, active, createdAt, changedAt, publicJwk } = record
  return { kid, issuer, alg, use, state: keyState(record), active, createdAt, changedAt, publicJwk }
}
