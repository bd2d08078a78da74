import { createPublicKey, type JsonWebKey } from 'node:crypto'

const LEAST_RSA_BITS = 2048

/** What the cryptography has against a public key whose members look right, as the end of a sentence; null when it has nothing. */
export function unusableKey(jwk: JsonWebKey): string | null {
  try {
    const { modulusLength, publicExponent } =
      createPublicKey({ key: jwk, format: 'jwk' }).asymmetricKeyDetails ?? {}
    if (modulusLength !== undefined && modulusLength < LEAST_RSA_BITS)
      return `is an RSA key of ${modulusLength} bits; it must have ${LEAST_RSA_BITS} at least (RFC 7518 3.3, 4.3)`
    // With 1 what is encrypted stays as it was.
    return publicExponent !== undefined && (publicExponent < 3n || publicExponent % 2n === 0n)
      ? `is an RSA key with the exponent ${publicExponent}; it must be odd, and 3 at least (RFC 8017 3.1)`
      : null
  } catch {
    return 'is no key: its members do not make a point or modulus'
  }
}
