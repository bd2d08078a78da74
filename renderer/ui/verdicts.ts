import type { TokenVerdict } from '../../shared/contract/operations/tokens.ts'

interface Look {
  tone: 'good' | 'bad' | 'warn' | 'info' | 'muted'
  label: string
}

/** How the verdict on a pasted token is told. */
export const verdictLooks: Readonly<Record<TokenVerdict, Look>> = {
  valid: { tone: 'good', label: 'Valid' },
  expired: { tone: 'warn', label: 'Expired' },
  not_yet_valid: { tone: 'warn', label: 'Not valid yet' },
  revoked: { tone: 'bad', label: 'Revoked' },
  consumed: { tone: 'info', label: 'Used up' },
  invalid_signature: { tone: 'bad', label: 'Signature does not match' },
  unknown_key: { tone: 'warn', label: 'Not verified: unknown key' },
  unsigned: { tone: 'bad', label: 'Not signed' },
  unverified: { tone: 'info', label: 'Not verified' },
  opaque: { tone: 'info', label: 'Not a JWT' },
  malformed: { tone: 'bad', label: 'Broken' },
}
