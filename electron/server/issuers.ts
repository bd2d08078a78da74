import { notFound } from '../../shared/contract/envelope.ts'
import type { IssuerSettings, IssuerSettingsInput, Settings } from '../../shared/contract/settings.ts'
import { DEFAULT_ISSUER } from '../../shared/contract/values.ts'
import { frozen } from './frozen.ts'
import type { GrantscopeOptions, Listening } from './options.ts'
import type { Database } from './store/database.ts'
import { listIssuers } from './store/issuers.ts'
import { readSettings } from './store/settings.ts'

/** The issuers there are, with their settings; held in memory, since every request asks for them. */
export interface Issuers {
  /** The default one first. */
  names(): readonly string[]
  has(name: string): boolean
  /** Frozen. The workspace's, with what the issuer has of its own laid over; those of the default issuer for a name that is gone. */
  settings(name: string): Settings
}

export function createIssuers({ read }: Pick<Database, 'read'>): Issuers {
  let known: ReadonlyMap<string, Settings> = new Map()
  let revision = ''
  const current = () => {
    const now = `${read.revision('settings')} ${read.revision('issuers')}`
    if (now !== revision || known.size === 0) {
      const workspace = readSettings(read)
      known = new Map([
        [DEFAULT_ISSUER, frozen(workspace)],
        ...listIssuers(read).map(
          ({ name, settings }) => [name, frozen({ ...workspace, ...settings })] as const,
        ),
      ])
      revision = now
    }
    return known
  }
  return {
    names: () => [...current().keys()],
    has: (name) => current().has(name),
    settings: (name) => current().get(name) ?? current().get(DEFAULT_ISSUER)!,
  }
}

/** Where an issuer lies under the URL of the default one. */
export const issuerPath = (name: string): string => (name === DEFAULT_ISSUER ? '' : `/${name}`)

/** An issuer's URL where no request says how it is seen; undefined while nothing listens. */
export function publicUrl(
  core: { options: Pick<GrantscopeOptions, 'issuer'>; where(): Listening | null },
  name: string,
): string | undefined {
  const base = core.options.issuer ?? core.where()?.issuer
  return base === undefined ? undefined : base + issuerPath(name)
}

/** What an issuer has of its own once these changes are made: a null takes a setting away, and what is not named stays. */
export const ownSettings = (before: IssuerSettings, changes: IssuerSettingsInput): IssuerSettings =>
  Object.fromEntries(
    Object.entries({ ...before, ...changes }).filter(([, value]) => value !== null && value !== undefined),
  )

/** @throws ContractError `not_found` */
export function existingIssuer({ issuers }: { issuers: Issuers }, name: string | undefined): string {
  if (name !== undefined && !issuers.has(name)) throw notFound('issuer', name)
  return name ?? DEFAULT_ISSUER
}
