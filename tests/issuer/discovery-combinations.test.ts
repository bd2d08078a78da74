import { describe, expect, test } from 'vitest'
import type { SettingsChanges } from '../../shared/contract/settings.ts'
import type { Level } from '../../shared/protocol/check.ts'
import { checksById } from '../../shared/protocol/checks/registry.ts'
import { ISSUER } from '../support/issuer.ts'
import { authorization } from './advertised/authorization.ts'
import { endpoints } from './advertised/endpoints.ts'
import type { Member } from './advertised/member.ts'
import { openid } from './advertised/openid.ts'
import { at, type Metadata, openWorld, type World } from './advertised/world.ts'

const members: Readonly<Record<string, Member>> = { ...endpoints, ...authorization, ...openid }

// Everything the document depends on. What decides on the same members is tried in every combination with calls; for all
// combinations of everything the document is shown to be put together of those that were.

const profiles = ['strict', 'standard', 'lenient'] as const
type Profile = (typeof profiles)[number]
const booleans = [false, true] as const

/** A rule whose say depends on other settings; and rules that each decide on one value of one member. */
const ENTANGLED = 'authorize.response-type-safe'
const OTHERS = ['authorize.challenge-hashed', 'request-object.signed', 'token.password-kept'] as const

/** Settings that decide together what there is. `flips` gives the entangled rule the opposite of its profile's level. */
const entangled = profiles.flatMap((profile) =>
  booleans.flatMap((openid) =>
    booleans.flatMap((legacyResponseTypes) =>
      booleans.map((flips) => ({ profile, openid, legacyResponseTypes, flips })),
    ),
  ),
)

/** Settings that each add or take away a member of their own. */
const apart = (['off', 'open', 'protected'] as const).flatMap((registration) =>
  booleans.flatMap((details) =>
    booleans.flatMap((claims) => ['', '/acme'].map((prefix) => ({ registration, details, claims, prefix }))),
  ),
)

/** Which of the other rules have the opposite of their profile's level. */
const flipped = Array.from({ length: 2 ** OTHERS.length }, (_, bits) =>
  OTHERS.filter((_, index) => (bits >> index) & 1),
)

interface Combination {
  profile: Profile
  openid: boolean
  legacyResponseTypes: boolean
  flips: boolean
  registration: 'off' | 'open' | 'protected'
  details: boolean
  claims: boolean
  prefix: string
  others: readonly string[]
}

const isEnforced = (profile: Profile, rule: string): boolean =>
  checksById.get(rule)!.levels[profile] === 'enforce'
const opposite = (profile: Profile, rule: string): Level => (isEnforced(profile, rule) ? 'warn' : 'enforce')

function settingsOf(combination: Combination): SettingsChanges {
  const { profile, flips, others, legacyResponseTypes, registration, details, claims } = combination
  const rules = [...(flips ? [ENTANGLED] : []), ...others]
  return {
    profile,
    checkLevels: Object.fromEntries(rules.map((rule) => [rule, opposite(profile, rule)])),
    legacyResponseTypes,
    registration,
    authorizationDetailsTypes: details ? ['payment_initiation'] : [],
    claims: claims ? { tenant: 'acme' } : {},
  }
}

const documentOf = async ({ issuer }: World): Promise<Metadata> =>
  (await issuer.get('/.well-known/openid-configuration')).body

/** The world set so, as it is seen under the issuer's URL. */
async function adopt(world: World, combination: Combination): Promise<World> {
  const { root } = world
  await root.call('settings.update', settingsOf(combination))
  const has = (await root.call('scopes.list', {})).some(({ name }) => name === 'openid')
  if (combination.openid && !has) await root.call('scopes.create', { name: 'openid', description: '' })
  if (!combination.openid && has) await root.call('scopes.delete', { name: 'openid' })
  return at(world, combination.prefix, combination.openid ? 'openid' : 'read')
}

/** What keeps the document from being true: a line for each member that does not hold. */
async function lies(here: World, document: Metadata): Promise<string[]> {
  const found = Object.keys(document)
    .filter((name) => !(name in members))
    .map((name) => `${name}: no call proves it`)
  for (const [name, member] of Object.entries(members)) {
    const kept = name in document ? member.holds(here, document[name]) : member.absent?.(here)
    await kept?.catch((error: unknown) =>
      found.push(`${name}: ${error instanceof Error ? error.message : error}`),
    )
  }
  return found
}

describe('discovery keeps its word, whatever is set', () => {
  test('there is a combination for every value of what stands apart', () => {
    expect(entangled).toHaveLength(apart.length)
  })

  test.each(profiles)(
    'what it names works, and what it leaves out is refused: %s',
    { timeout: 120_000 },
    async (profile) => {
      const world = await openWorld()
      for (const [index, combination] of entangled.entries()) {
        if (combination.profile !== profile) continue
        const whole = { ...combination, ...apart[index]!, others: flipped[index % flipped.length]! }
        const here = await adopt(world, whole)
        expect(await lies(here, await documentOf(here)), JSON.stringify(whole)).toEqual([])
      }
      expect(world.issuer.log).toEqual([])
    },
  )

  test('each combination is made of parts that were held to their word', { timeout: 60_000 }, async () => {
    const world = await openWorld()
    for (const combination of entangled) {
      let first: Metadata | undefined
      for (const own of apart) {
        for (const others of flipped) {
          const whole = { ...combination, ...own, others }
          const here = await adopt(world, whole)
          const { common, ...parts } = split(await documentOf(here), here.url)
          first ??= common
          if (!same(common, first) || !same(parts, partsOf(whole))) {
            expect({ common, ...parts }, JSON.stringify(whole)).toEqual({ common: first, ...partsOf(whole) })
          }
        }
      }
    }
  })
})

const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other)

/** What settings apart from the others decide on, and the rest, with URLs as the default issuer has them. */
function split(document: Metadata, url: string) {
  const text = JSON.stringify(document).replaceAll(`"${url}`, `"${ISSUER}`)
  const whole = JSON.parse(text) as Metadata & Record<string, string[] | undefined>
  const parts = {
    registration: whole.registration_endpoint ?? null,
    details: whole.authorization_details_types_supported ?? null,
    tenant: whole.claims_supported?.includes('tenant') ?? false,
    plain: whole.code_challenge_methods_supported!.includes('plain'),
    none: whole.request_object_signing_alg_values_supported!.includes('none'),
    password: whole.grant_types_supported!.includes('password'),
  }
  const without = (name: string, value: string) => whole[name]?.filter((item) => item !== value)
  const common: Metadata = {
    ...whole,
    registration_endpoint: null,
    authorization_details_types_supported: null,
    claims_supported: without('claims_supported', 'tenant'),
    code_challenge_methods_supported: without('code_challenge_methods_supported', 'plain'),
    request_object_signing_alg_values_supported: without(
      'request_object_signing_alg_values_supported',
      'none',
    ),
    grant_types_supported: without('grant_types_supported', 'password'),
  }
  return { common: sorted(common), ...parts }
}

const sorted = (metadata: Metadata): Metadata =>
  Object.fromEntries(Object.entries(metadata).sort(([one], [other]) => (one < other ? -1 : 1)))

function partsOf({ profile, others, openid, registration, details, claims }: Combination) {
  const [plain, none, password] = OTHERS.map((rule) => isEnforced(profile, rule) === others.includes(rule))
  return {
    registration: registration === 'off' ? null : `${ISSUER}/register`,
    details: details ? ['payment_initiation'] : null,
    tenant: openid && claims,
    plain,
    none,
    password,
  }
}
