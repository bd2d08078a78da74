import { DEFAULT_ISSUER, type SigningAlg } from '../../../shared/contract/values.ts'
import type { IssuerRecord } from '../store/issuers.ts'
import type { KeyRing } from './key-ring.ts'

/**
 * Lets the default issuer and these others sign with their algorithms, and be encrypted for, by keys made where there are none. Comes before the
 * settings that ask for it are stored, so that nobody is told of a key that is not there.
 */
export async function ensureKeys(
  keys: Pick<KeyRing, 'signWith' | 'signer' | 'ensureDecrypter'>,
  workspaceAlg: SigningAlg,
  issuers: readonly Pick<IssuerRecord, 'name' | 'settings'>[],
): Promise<void> {
  for (const { name, settings } of [defaultIssuer, ...issuers]) {
    const alg = settings.signingAlg ?? workspaceAlg
    await keys.signWith(name, alg)
    await keys.signer(name, 'refresh')
    await keys.ensureDecrypter(name, alg)
  }
}

const defaultIssuer: Pick<IssuerRecord, 'name' | 'settings'> = { name: DEFAULT_ISSUER, settings: {} }
