import { describe, expect, test } from 'vitest'
import { type Settings, type SettingsChanges, settings as schema } from '../../shared/contract/settings.ts'
import { checksById } from '../../shared/protocol/checks/registry.ts'
import { ISSUER, type Issuer, openIssuer } from '../support/issuer.ts'
import { openTwo } from '../support/second-issuer.ts'
import { adopt, type Combination, profiles, rules, settingsOf } from './advertised/combinations.ts'
import { openWorld } from './advertised/world.ts'

// What is called in discovery-calls-*.test.ts is every combination of some features. Here nothing else is one.

/** Settings that the combinations are made of. */
const features = [
  'profile',
  'checkLevels',
  'claims',
  'legacyResponseTypes',
  'authorizationDetailsTypes',
  'registration',
] as const satisfies (keyof Settings)[]

/** Each other setting with values unlike those of the world. */
const others: { [K in Exclude<keyof Settings, (typeof features)[number]>]: readonly Settings[K][] } = {
  signingAlg: ['RS256', 'PS256', 'EdDSA', 'HS256'],
  accessTokenLifetime: [1],
  refreshTokenLifetime: [1],
  pendingTokenLifetime: [1],
  sessionLifetime: [1],
  refreshRotation: ['grace', 'none'],
  refreshGracePeriod: [1],
  idTokenClaims: ['all'],
  dpopNonceRequired: [true],
  resources: [[], ['https://api.example']],
  statementPublishers: [{ 'https://publisher.example': { jwksUri: 'https://publisher.example/jwks' } }],
  defaultClientId: ['demo-web', ''],
  bcryptCost: [5],
  cookieSecure: ['https-only'],
  apiClockSkew: [60],
  exchangesKept: [200],
}

const plain = {
  openid: false,
  claims: false,
  legacyResponseTypes: false,
  registration: 'off',
  details: false,
  flipped: [],
  prefix: '',
} as const
const full = {
  ...plain,
  openid: true,
  claims: true,
  legacyResponseTypes: true,
  registration: 'open',
  details: true,
} as const

/** Where another setting would show: with all there is and with nothing of it, under each profile and its opposite. */
const places: Combination[] = profiles.flatMap((profile) =>
  [plain, full].flatMap((features) => [
    { ...features, profile },
    { ...features, profile, flipped: rules },
  ]),
)

const documentOf = async (issuer: Issuer): Promise<string> =>
  (await issuer.get('/.well-known/openid-configuration')).text

/** What changes the document when it is set, in one of the places or another. */
async function deciding<T>(
  candidates: readonly T[],
  change: (candidate: T) => SettingsChanges,
  places: readonly Combination[],
): Promise<T[]> {
  const found = new Set<T>()
  const world = await openWorld()
  for (const place of places) {
    const { root } = await adopt(world, place)
    const before = await root.call('settings.get', {})
    const document = await documentOf(root)
    for (const candidate of candidates) {
      await root.call('settings.update', change(candidate))
      if ((await documentOf(root)) !== document) found.add(candidate)
      await root.call('settings.update', before)
    }
  }
  return [...found]
}

describe('the features that change what discovery says', () => {
  test('every setting is a feature, or stands here with other values', () => {
    expect([...features, ...Object.keys(others)].sort()).toEqual(Object.keys(schema.shape).sort())
  })

  test('each of the features is one', async () => {
    const opposite = settingsOf({ ...full, profile: 'lenient', flipped: rules })
    const changes = features.map((name) => ({ [name]: opposite[name] }))
    const place: Combination = { ...plain, openid: true, profile: 'strict' }
    // Response types that are not safe are named where there is no rule against them.
    const lax = { ...place, flipped: rules }
    expect(await deciding(changes, (change) => change, [place, lax])).toHaveLength(features.length)
  })

  test('no other setting changes the document', { timeout: 60_000 }, async () => {
    const changes = Object.entries(others).flatMap(([name, values]) =>
      values.map((value) => ({ [name]: value })),
    )
    expect(changes.length).toBeGreaterThan(15)
    expect(await deciding(changes, (change) => change, places)).toEqual([])
  })

  test('of all rules, those of the combinations change the document, and no other', {
    timeout: 120_000,
  }, async () => {
    const changeable = [...checksById].filter(([, { changeable }]) => changeable)
    expect(changeable.length).toBeGreaterThan(50)
    const levels = changeable.flatMap(([id]) =>
      (['enforce', 'warn', 'off'] as const).map((level) => ({ id, level })),
    )
    const found = await deciding(levels, ({ id, level }) => ({ checkLevels: { [id]: level } }), [
      { ...full, profile: 'strict' },
      { ...full, profile: 'lenient' },
      { ...plain, profile: 'standard' },
    ])
    expect([...new Set(found.map(({ id }) => id))].sort()).toEqual([...rules].sort())
  })

  test('a rule that only warns is as good as one that is off', async () => {
    const world = await openWorld()
    for (const level of ['warn', 'off'] as const) {
      await adopt(world, { ...full, profile: 'strict', flipped: rules })
      const document = await documentOf(world.root)
      await world.root.call('settings.update', {
        checkLevels: Object.fromEntries(rules.map((id) => [id, level])),
      })
      expect(await documentOf(world.root)).toBe(document)
    }
  })

  test('users, clients, keys and logins do not show', async () => {
    const issuer = await openTwo()
    const document = await documentOf(issuer)
    await issuer.call('users.create', { username: 'frank', password: 'frankly' })
    await issuer.call('clients.create', { id: 'app', profile: 'lenient', authMethods: ['none'] })
    await issuer.call('clients.delete', { id: 'demo-web' })
    await issuer.call('issuers.update', { name: 'acme', settings: { legacyResponseTypes: true } })
    await issuer.login('alice')
    issuer.clock.advance(86_400)
    expect(await documentOf(issuer)).toBe(document)
  })

  test('a scope shows in the members that name scopes and their claims', async () => {
    const issuer = await openIssuer()
    const before = JSON.parse(await documentOf(issuer))
    await issuer.call('scopes.create', { name: 'fly', description: '', claims: ['wings'] })
    expect(JSON.parse(await documentOf(issuer))).toEqual({
      ...before,
      scopes_supported: expect.arrayContaining([...before.scopes_supported, 'fly']),
      claims_supported: [...before.claims_supported, 'wings'],
    })
  })

  test.each([
    ['a fixed URL', { issuer: 'https://issuer.test/auth' }, ISSUER, {}, 'https://issuer.test/auth'],
    ['a proxy', { trustProxy: true }, ISSUER, { 'x-forwarded-proto': 'https' }, 'https://127.0.0.1:4400'],
    ['another name', { allowedHosts: ['op.test'] }, 'http://op.test', {}, 'http://op.test'],
  ])('where the issuer stands changes its URLs alone: %s', async (_, options, origin, headers, url) => {
    const document = await documentOf(await openIssuer())
    const { text } = await (await openIssuer(options)).get(
      `${origin}/.well-known/openid-configuration`,
      headers,
    )
    expect(text.replaceAll(`"${url}`, `"${ISSUER}`)).toBe(document)
    expect(text).not.toBe(document)
  })

  test('an issuer is as its own settings say, whatever those of the others', async () => {
    const world = await openWorld()
    const own = settingsOf({ ...full, profile: 'lenient' })
    await adopt(world, { ...full, profile: 'lenient' })
    const document = await documentOf(world.root)
    await adopt(world, { ...plain, openid: true, profile: 'strict' })
    await world.root.call('issuers.update', { name: 'acme', settings: own })
    const { text } = await world.root.get('/acme/.well-known/openid-configuration')
    expect(JSON.parse(text.replaceAll(`"${ISSUER}/acme`, `"${ISSUER}`))).toEqual(JSON.parse(document))
  })
})
