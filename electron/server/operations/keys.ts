import { ContractError, notFound } from '../../../shared/contract/envelope.ts'
import type { Key } from '../../../shared/contract/operations/settings.ts'
import type { Core } from '../core.ts'
import type { KeyRecord } from '../store/keys.ts'
import type { HandlersOf } from './handlers.ts'

export const keyHandlers = ({ keys }: Core): HandlersOf<'keys'> => ({
  'keys.list': () => keys.list().map(toKey),
  'keys.secret': ({ kid }) => {
    const key = keys.list().find((candidate) => candidate.kid === kid)
    if (!key) throw notFound('key', kid)
    return { secret: sharedSecret(key) }
  },
})

/** The one secret that must be shared: an API verifies HS256 with what signed it. All others stay here. */
function sharedSecret({ use, privateJwk }: KeyRecord): string {
  if (use === 'access' && privateJwk.kty === 'oct' && typeof privateJwk.k === 'string') return privateJwk.k
  throw new ContractError(
    'refused',
    use === 'refresh'
      ? 'Refresh tokens are for the issuer alone; nobody else has to verify them.'
      : 'This key signs with a private part that never leaves. Verify with its public key, from the JWKS.',
  )
}

const toKey = ({ privateJwk: _private, ...key }: KeyRecord): Key => key
