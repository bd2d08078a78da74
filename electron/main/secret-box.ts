import { safeStorage } from 'electron'
import { plainBox, type SecretBox } from '../server/index.ts'

/**
 * Seals by the system's key store (Keychain, DPAPI, libsecret, KWallet). Plain where there is none: Electron's own substitute on
 * Linux has a password that everybody knows.
 */
export function systemSecretBox(): SecretBox {
  const substitute = process.platform === 'linux' && safeStorage.getSelectedStorageBackend() === 'basic_text'
  if (substitute || !safeStorage.isEncryptionAvailable()) return plainBox
  return {
    name: "this database, encrypted with the system's key store",
    kept: 'system',
    seal: (text) => safeStorage.encryptString(text).toString('base64'),
    open: (sealed) => safeStorage.decryptString(Buffer.from(sealed, 'base64')),
  }
}
