import type { SettingsChanges } from '../../../shared/contract/settings.ts'
import type { Level } from '../../../shared/protocol/check.ts'
import { checksById } from '../../../shared/protocol/checks/registry.ts'
import { at, type Metadata, type World } from './world.ts'

// Everything the document depends on. discovery-features.test.ts fails when something else decides on it too.

export const profiles = ['strict', 'standard', 'lenient'] as const
export type Profile = (typeof profiles)[number]
const booleans = [false, true] as const

/** Rules whose level takes a value from a member, or a member away. */
export const rules = [
  'authorize.response-type-safe',
  'authorize.challenge-hashed',
  'request-object.signed',
  'token.password-kept',
] as const

export interface Combination {
  profile: Profile
  openid: boolean
  claims: boolean
  legacyResponseTypes: boolean
  registration: 'off' | 'open' | 'protected'
  details: boolean
  /** Rules that have the opposite of their profile's level. */
  flipped: readonly string[]
  /** Path of the issuer: empty for the default one. */
  prefix: string
}

/** Every combination of the features of an issuer. */
export const combinationsAt = (prefix: string): Combination[] =>
  cross({
    profile: profiles,
    openid: booleans,
    claims: booleans,
    legacyResponseTypes: booleans,
    registration: ['off', 'open', 'protected'],
    details: booleans,
    flipped: Array.from({ length: 2 ** rules.length }, (_, bits) =>
      rules.filter((_, index) => (bits >> index) & 1),
    ),
    prefix: [prefix],
  })

function cross<T extends object>(values: { [K in keyof T]: readonly T[K][] }): T[] {
  let made: object[] = [{}]
  for (const [name, each] of Object.entries<readonly unknown[]>(values))
    made = made.flatMap((one) => each.map((value) => ({ ...one, [name]: value })))
  return made as T[]
}

/**
 * What decides on the document, as far as it does: who has no openid has no claims to name, and who has no legacy response types
 * has none that are unsafe. A profile is no more than the levels of its rules.
 */
export interface Shown {
  openid: boolean
  claims: boolean
  legacyResponseTypes: boolean
  safe: boolean
  registration: boolean
  details: boolean
  hashed: boolean
  signed: boolean
  kept: boolean
}

export function shownBy(combination: Combination): Shown {
  const { profile, openid, claims, legacyResponseTypes, registration, details, flipped } = combination
  const [safe, hashed, signed, kept] = rules.map(
    (rule) => isEnforced(profile, rule) !== flipped.includes(rule),
  )
  return {
    openid,
    claims: openid && claims,
    legacyResponseTypes,
    safe: !legacyResponseTypes || safe!,
    registration: registration !== 'off',
    details,
    hashed: hashed!,
    signed: signed!,
    kept: kept!,
  }
}

/** The combinations by the document they lead to. */
export function byDocument(combinations: readonly Combination[]): Combination[][] {
  const groups = new Map<string, Combination[]>()
  for (const combination of combinations) {
    const shown = JSON.stringify(shownBy(combination))
    groups.set(shown, [...(groups.get(shown) ?? []), combination])
  }
  return [...groups.values()]
}

/**
 * One combination for each document. What makes no difference to it goes round, the profile so that each of them meets every two of
 * the other features.
 */
export const oneForEach = (combinations: readonly Combination[]): Combination[] =>
  byDocument(combinations).map((group, index) => {
    const on = Object.values(shownBy(group[0]!)).filter(Boolean).length
    const fitting = group.filter(({ profile }) => profile === profiles[on % profiles.length])
    return fitting[index % fitting.length]!
  })

const isEnforced = (profile: Profile, rule: string): boolean =>
  (checksById.get(rule)!.levels[profile] ?? 'enforce') === 'enforce'
const opposite = (profile: Profile, rule: string): Level => (isEnforced(profile, rule) ? 'warn' : 'enforce')

export function settingsOf(combination: Combination): SettingsChanges {
  const { profile, flipped, legacyResponseTypes, registration, details, claims } = combination
  return {
    profile,
    checkLevels: Object.fromEntries(flipped.map((rule) => [rule, opposite(profile, rule)])),
    legacyResponseTypes,
    registration,
    authorizationDetailsTypes: details ? ['payment_initiation'] : [],
    claims: claims ? { tenant: 'acme' } : {},
  }
}

/** The world set so, as it is seen under the issuer's URL. */
export async function adopt(world: World, combination: Combination): Promise<World> {
  const { root } = world
  await root.call('settings.update', settingsOf(combination))
  const has = (await root.call('scopes.list', {})).some(({ name }) => name === 'openid')
  if (combination.openid && !has) await root.call('scopes.create', { name: 'openid', description: '' })
  if (!combination.openid && has) await root.call('scopes.delete', { name: 'openid' })
  return at(world, combination.prefix, combination.openid ? 'openid' : 'read')
}

export const documentOf = async ({ issuer }: World): Promise<Metadata> =>
  (await issuer.get('/.well-known/openid-configuration')).body
