import type { Settings } from '../../../shared/contract/settings.ts'

/** The settings as they are being edited. */
export interface SettingsFields {
  value: Settings
  errors: Partial<Record<keyof Settings, string>>
  set: <K extends keyof Settings>(field: K, value: Settings[K]) => void
}
