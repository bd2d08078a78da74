import type { TourRun, TourStep } from '../../../shared/contract/operations/tour.ts'
import { defaultSettings, type Settings, type SettingsChanges } from '../../../shared/contract/settings.ts'
import type { ClockSetting } from '../clock.ts'
import type { Reader, Writer } from './database.ts'

/** How far the first-run tour has come. */
export interface TourRecord {
  /** The last run of each step. */
  runs: Partial<Record<TourStep, TourRun>>
  skipped: boolean
}

function value<T>(reader: Reader, key: string): T | undefined {
  const row = reader.get<{ value: string }>('SELECT value FROM settings WHERE key = ?', key)
  return row && (JSON.parse(row.value) as T)
}

function setValue(writer: Writer, key: string, content: unknown): void {
  writer.touch('settings')
  writer.run(
    'INSERT INTO settings (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
    key,
    JSON.stringify(content),
  )
}

/** Settings as set, over the defaults: a setting added by a later version has its default in an older database. */
export const readSettings = (reader: Reader): Settings => ({
  ...defaultSettings,
  ...value<SettingsChanges>(reader, 'workspace'),
})

export const writeSettings = (writer: Writer, settings: Settings): void =>
  setValue(writer, 'workspace', settings)

export const readClock = (reader: Reader): ClockSetting =>
  value<ClockSetting>(reader, 'clock') ?? { offsetMs: 0, frozenAt: null }

export const writeClock = (writer: Writer, setting: ClockSetting): void => setValue(writer, 'clock', setting)

/** What pairwise subjects are made with; it stays as long as the database, and so do they. */
export const readPairwiseSalt = (reader: Reader): string | undefined => value(reader, 'pairwise-salt')

export const writePairwiseSalt = (writer: Writer, salt: string): void =>
  setValue(writer, 'pairwise-salt', salt)

/** What DPoP nonces are made with. */
export const readNonceSecret = (reader: Reader): string | undefined => value(reader, 'dpop-nonce-secret')

export const writeNonceSecret = (writer: Writer, secret: string): void =>
  setValue(writer, 'dpop-nonce-secret', secret)

export const readTour = (reader: Reader): TourRecord =>
  value<TourRecord>(reader, 'tour') ?? { runs: {}, skipped: false }

export const writeTour = (writer: Writer, tour: TourRecord): void => setValue(writer, 'tour', tour)

/** Whether this database has ever been given a workspace. */
export const isInitialised = (reader: Reader): boolean => value(reader, 'workspace') !== undefined
