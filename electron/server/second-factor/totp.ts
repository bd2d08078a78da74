import { createGuardrails, generateSync, generateURI, ScureBase32Plugin, verifySync } from 'otplib'
import qrcode from 'qrcode'
import type { Random } from '../random.ts'
import type { UserRecord } from '../store/users.ts'

/** RFC 6238 4.1: the time step, in seconds. */
const STEP_SECONDS = 30
const STEP_MS = STEP_SECONDS * 1_000

const base32 = new ScureBase32Plugin()
// Many services hand out 10-byte secrets, below what RFC 4226 asks for: whoever imports one wants to use it.
const guardrails = createGuardrails({ MIN_SECRET_BYTES: 10, MAX_SECRET_BYTES: 80 })
const totp = { strategy: 'totp', algorithm: 'sha1', digits: 6, period: STEP_SECONDS, guardrails } as const

/** RFC 6238 4.2: the T of a moment. */
export const stepOf = (now: number): number => Math.floor(now / STEP_MS)

/** 20 random bytes (RFC 4226 4, R6) in base32 without padding. */
export const newTotpSecret = (random: Random): string => base32.encode(random.bytes(20), { padding: false })

/** Whether a text can be decoded to a secret. Not every text of the base32 alphabet can. */
export function isTotpSecret(text: string): boolean {
  try {
    return base32.decode(text).length >= 10
  } catch {
    return false
  }
}

/** The code of this moment (RFC 6238: 6 digits, 30 s, SHA-1). */
export const currentCode = (secret: string, now: number): string =>
  generateSync({ ...totp, secret, epoch: stepOf(now) * STEP_SECONDS })

/** When the code of this moment ends, in epoch milliseconds. */
export const codeEndsAt = (now: number): number => (stepOf(now) + 1) * STEP_MS

/**
 * The time step a code belongs to: this one, the one before or the one after (RFC 6238 5.2 and 6). Null when it is
 * of none of them. Compares in constant time.
 */
export function matchStep(secret: string, code: string, now: number): number | null {
  if (!/^\d{6}$/.test(code)) return null
  const epoch = stepOf(now) * STEP_SECONDS
  const result = verifySync({ ...totp, secret, token: code, epoch, epochTolerance: STEP_SECONDS })
  return result.valid ? stepOf(now) + result.delta : null
}

/** The otpauth URI an authenticator app scans. */
export const provisioningUri = (user: Pick<UserRecord, 'username' | 'email'>, secret: string): string =>
  generateURI({ strategy: 'totp', issuer: 'Grantscope', label: user.email ?? user.username, secret })

/** A QR code of the provisioning URI, as a PNG data URL. */
export const qrDataUrl = (uri: string): Promise<string> => qrcode.toDataURL(uri, { type: 'image/png' })
