import type { ProfileName } from '../../../shared/contract/values.ts'

/** The named sets of check levels, with a line on each. */
export const profiles: readonly { value: ProfileName; label: string; about: string }[] = [
  { value: 'standard', label: 'Standard', about: 'OAuth 2.0 (RFC 6749) and OpenID Connect Core.' },
  { value: 'strict', label: 'Strict', about: 'OAuth 2.1 and the security best practice of RFC 9700.' },
  { value: 'lenient', label: 'Lenient', about: 'What sloppy providers let pass; a failed check only warns.' },
]
