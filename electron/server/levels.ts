import type { Settings } from '../../shared/contract/settings.ts'
import type { CheckLevels, ProfileName } from '../../shared/contract/values.ts'
import type { ClientRecord } from './store/clients.ts'

export interface LevelsInForce {
  profile: ProfileName
  /** Levels of single checks, over those of the profile. */
  checkLevels: CheckLevels
}

/**
 * What counts for a client of an issuer. The nearest that says something about a check wins: the client's levels, its
 * profile, the issuer's levels, the issuer's profile. So a client with a profile of its own has nothing of the issuer's.
 */
export const levelsOf = (
  settings: Pick<Settings, 'profile' | 'checkLevels'>,
  { profile, checkLevels }: Pick<ClientRecord, 'profile' | 'checkLevels'>,
): LevelsInForce => ({
  profile: profile ?? settings.profile,
  checkLevels: profile === null ? { ...settings.checkLevels, ...checkLevels } : checkLevels,
})
