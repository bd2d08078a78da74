import type { Settings, SettingsChanges } from '../../shared/contract/settings.ts'
import type { SimulatedClock } from './clock.ts'
import type { EventHub } from './events.ts'
import type { Issuers } from './issuers.ts'
import type { GrantscopeOptions, Listening } from './options.ts'
import type { Passwords } from './passwords.ts'
import type { Faults } from './provider/faults/faults.ts'
import type { Random } from './random.ts'
import type { Recorder } from './recorder/recorder.ts'
import type { SecretBox } from './secret-box.ts'
import type { Database } from './store/database.ts'
import type { Throttle } from './throttle.ts'
import type { ClientKeys } from './tokens/client-keys.ts'
import type { KeyRing } from './tokens/key-ring.ts'
import type { Subjects } from './tokens/subjects.ts'

/** What every part of the embedded issuer stands on. Made once, by createGrantscope, and handed down. */
export interface Core {
  readonly options: GrantscopeOptions
  readonly database: Database
  readonly clock: SimulatedClock
  readonly random: Random
  readonly events: EventHub
  readonly issuers: Issuers
  readonly keys: KeyRing
  /** What users are called towards clients. */
  readonly subjects: Subjects
  /** The public keys clients sign with. */
  readonly clientKeys: ClientKeys
  readonly passwords: Passwords
  /** Who was wrong how often about a secret or password. */
  readonly throttle: Throttle
  /** Seals what is others' secret. */
  readonly secrets: SecretBox
  readonly recorder: Recorder
  /** What is to go wrong. */
  readonly faults: Faults
  /** Wall-clock time the core was opened. */
  readonly startedAt: number
  /** Those of the workspace, which are the default issuer's. */
  settings(): Settings
  /** Those in force at the issuer of this name. */
  settingsOf(issuer: string): Settings
  /** Stores the changes, makes the signing keys they need, and tells subscribers. */
  changeSettings(changes: SettingsChanges): Promise<Settings>
  /** Aborted when the core is about to close: what only waits ends now. */
  readonly leaving: AbortSignal
  /** Aborted when the core closes: what the core asks of others ends with it. */
  readonly closing: AbortSignal
  /** Where the host listens; null before it does, and always for a core without sockets. */
  where(): Listening | null
  log(line: string): void
}
