import { decodeJwt, type JWTPayload } from 'jose'
import { grantType } from '../../../shared/contract/operations/clients.ts'
import { responseTypes } from '../../../shared/protocol/authorization-request.ts'
import { publicKeyAlgorithms } from '../../../shared/protocol/jwk.ts'
import {
  asClient,
  claimsOf,
  makeKey,
  type Signer,
  secretSigner,
  type TestKey,
} from '../../support/assertions.ts'
import { type Browser, CALLBACK, openBrowser, VERIFIER } from '../../support/browser.ts'
import { type Answer, bySocket, type Fields, ISSUER, type Issuer } from '../../support/issuer.ts'
import { type ProofKey, proofKey } from '../../support/proof.ts'
import { openTwo, under } from '../../support/second-issuer.ts'
import { logIn } from './log-in.ts'
import { once } from './once.ts'
import { type Openers, registerOpeners } from './openers.ts'

/** Members of a discovery document, by their names. */
export type Metadata = Record<string, unknown>

export const SECRET = 'a secret that is long enough for HS512: sixty-four bytes, and more'
/** Where the app serves a request object. */
export const OBJECT = 'http://127.0.0.1:3000/request.jwt'
export const OUT = 'http://127.0.0.1:3000/logged-out'
/** Algorithms of the issuer's answers to clients that registered for them. */
export const signed = ['RS256', 'PS256', 'ES256', 'EdDSA'] as const

/** An issuer with clients for whatever its discovery may name, seen under one of its URLs. */
export interface World {
  issuer: Issuer
  /** The same without the prefix. */
  root: Issuer
  /** Path of the issuer's URL: empty for the default one. */
  prefix: string
  url: string
  /** URL of the default issuer. */
  base: string
  /** What apps ask for here: openid, where there is such a scope. */
  scope: string
  /** Bodies that back channels were sent. */
  heard: string[]
  /** What apps serve, by its URL. */
  pages: Map<string, string>
  /** By the client that gets its answers encrypted: what opens them. */
  opening: Openers
  signers: ReadonlyMap<string, Signer>
  proofKeys: ReadonlyMap<string, ProofKey>
  /** Logged in at each issuer: alice by her password, carol with her second factor too. */
  browsers: ReadonlyMap<string, Browser>
  /** JWTs of the clients that sign with key pairs, made once. */
  signed: Map<string, Promise<string>>
  /** What was asked for already, under the settings of now. */
  seen: Map<string, Promise<unknown>>
}

/** The world under one of its URLs, with settings nothing was asked under yet. */
export const at = (world: World, prefix: string, scope: string): World => ({
  ...world,
  prefix,
  scope,
  url: world.base + prefix,
  issuer: prefix === '' ? world.root : under(prefix, world.root),
  seen: new Map(),
})

const options = {
  autoApprove: true,
  redirectUris: [CALLBACK],
  responseTypes: [...responseTypes],
  grantTypes: [...grantType.options],
}

/** Clients that sign with key pairs send a JWT again: signing anew each time would take longer than everything else. */
const again = {
  'assertion.unused': 'warn',
  'request-object.unused': 'warn',
  'dpop.unused': 'warn',
} as const

/** @param fixed URL the default issuer is set to have; left out, it is that of the host */
export async function openWorld(fixed?: string): Promise<World> {
  const issuer = bySocket(
    await openTwo({
      workspace: { settings: { exchangesKept: 100 } },
      ...(fixed === undefined ? {} : { issuer: fixed }),
    }),
  )
  const heard: string[] = []
  const pages = new Map<string, string>()
  issuer.grantscope.listening({
    issuer: ISSUER,
    control: null,
    warnings: [],
    async fetch(request) {
      const served = pages.get(request.url)
      if (served !== undefined)
        return new Response(served, { headers: { 'content-type': 'application/oauth-authz-req+jwt' } })
      heard.push(await request.text())
      return new Response(null)
    },
  })
  const secretMethods = ['client_secret_basic', 'client_secret_post', 'client_secret_jwt'] as const
  await issuer.call('clients.create', {
    ...options,
    id: 'app',
    secret: SECRET,
    authMethods: [...secretMethods],
    frontchannelLogoutUri: OUT,
    backchannelLogoutUri: OUT,
    frontchannelLogoutSessionRequired: true,
    backchannelLogoutSessionRequired: true,
    requestUris: [OBJECT],
  })
  await issuer.call('clients.create', { ...options, id: 'public', authMethods: ['none'] })
  await issuer.call('clients.create', {
    ...options,
    id: 'pair',
    secret: SECRET,
    subjectType: 'pairwise',
    authMethods: [...secretMethods],
  })
  await issuer.call('clients.create', { ...options, id: 'unsigned', requestObjectSigningAlg: 'none' })
  await issuer.call('clients.create', {
    ...options,
    id: 'opaque',
    authMethods: ['none'],
    accessTokenFormat: 'opaque',
    grantTypes: ['authorization_code'],
  })
  const names = (await issuer.call('scopes.list', {})).flatMap(({ claims }) => claims)
  const claims = Object.fromEntries(
    names.filter((name) => name !== 'sub').map((name) => [name, `my ${name}`]),
  )
  await issuer.call('users.update', { id: 'alice', changes: { claims } })
  const keys = await registerSigners(issuer)
  const secrets = ['HS256', 'HS384', 'HS512'].map((alg) => [alg, secretSigner(SECRET, alg)] as const)
  return {
    issuer,
    root: issuer,
    scope: 'openid',
    prefix: '',
    url: fixed ?? ISSUER,
    base: fixed ?? ISSUER,
    heard,
    pages,
    opening: await registerOpeners(issuer, { ...options, secret: SECRET }),
    signers: new Map([...secrets, ...[...keys].map(([alg, { sign }]) => [alg, sign] as const)]),
    proofKeys: new Map(
      await Promise.all(publicKeyAlgorithms.map(async (alg) => [alg, await proofKeyOf(alg)] as const)),
    ),
    browsers: await logIn(issuer),
    signed: new Map(),
    seen: new Map(),
  }
}

/** Made once for all worlds: RSA takes its time. */
const keys = new Map<string, Promise<TestKey>>()
const proofKeys = new Map<string, Promise<ProofKey>>()
const keyOf = (alg: string) => once(keys, alg, () => makeKey(alg))
const proofKeyOf = (alg: string) => once(proofKeys, alg, () => proofKey(alg))

/** A client by the name of each algorithm, which signs with it and is answered with it. */
async function registerSigners(issuer: Issuer): Promise<ReadonlyMap<string, TestKey>> {
  const keys = new Map<string, TestKey>()
  for (const alg of publicKeyAlgorithms) {
    const key = await keyOf(alg)
    keys.set(alg, key)
    const answers = signed.find((known) => known === alg) ?? null
    await issuer.call('clients.create', {
      ...options,
      id: alg,
      authMethods: ['private_key_jwt'],
      jwks: { keys: [key.jwk] },
      checkLevels: again,
      accessTokenFormat: 'opaque',
      idTokenSignedResponseAlg: answers,
      userinfoSignedResponseAlg: answers,
      introspectionSignedResponseAlg: answers,
      authorizationSignedResponseAlg: answers,
    })
  }
  return keys
}

/** Fields that prove a client: by its secret, or by the key of the algorithm it is called after. */
export async function proofOf(world: World, id: string, alg = id): Promise<Fields> {
  if (['public', 'unsigned', 'opaque'].includes(id)) return { client_id: id }
  if (!world.signers.has(alg)) return { client_id: id, client_secret: SECRET }
  return asClient(await signedBy(world, alg, 'assertion', () => claimsNow(world, id)))
}

/** A JWT of a client that signs with this algorithm. With a key pair it is the same one each time, as the clock stands still. */
export function signedBy(
  { signers, signed, url }: World,
  alg: string,
  what: string,
  claims: () => object,
  header?: object,
): Promise<string> {
  const sign = () => signers.get(alg)!(claims(), header)
  return alg.startsWith('HS') ? sign() : once(signed, `${what} ${alg} ${url}`, sign)
}

/** Claims of a client's assertion that is good now. */
export const claimsNow = (world: World, id: string, more: object = {}): JWTPayload => {
  const iat = Math.floor(world.issuer.clock.now() / 1000)
  return { ...claimsOf(id), aud: world.url, iat, exp: iat + 60, ...more }
}

export const browserOf = ({ root, prefix }: World): Browser => openBrowser(root, prefix)

/** What the answer to an authorization request says, wherever its response mode put it; a page says nothing. */
export interface Told extends Fields {
  where: string
}

/** Who is logged in at the issuer of now. */
export const browserOfUser = ({ browsers, prefix }: World, user = 'alice'): Browser =>
  browsers.get(`${user} ${prefix}`)!

/** Asks at the authorization endpoint, as a client for alice. */
export async function ask(world: World, parameters: Fields = {}, user?: string): Promise<Told> {
  const asked = { client_id: 'app', scope: world.scope, ...parameters }
  return toldBy(await browserOfUser(world, user).authorize(asked))
}

export function toldBy({ headers, text }: Answer): Told {
  const location = headers.get('location')
  const fields = [...text.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)">/g)]
  if (location === null)
    return { ...Object.fromEntries(fields.map(([, name, value]) => [name, value])), where: 'form_post' }
  const { search, hash, origin, pathname } = new URL(location, ISSUER)
  if (origin + pathname !== CALLBACK) return { where: location }
  const where = hash === '' ? 'query' : 'fragment'
  return { ...Object.fromEntries(new URLSearchParams(hash === '' ? search : hash.slice(1))), where }
}

/** The same with what a signed answer holds (JARM 2.1). */
export const opened = (told: Told): Told =>
  told.response === undefined ? told : ({ ...decodeJwt(told.response), where: told.where } as Told)

/** Trades a code for tokens, as a client that proves itself by its secret or by this algorithm. */
export const redeem = async (
  world: World,
  code: string | undefined,
  id = 'app',
  { alg = id, headers = {} }: { alg?: string; headers?: Fields } = {},
) =>
  world.issuer.token(
    {
      grant_type: 'authorization_code',
      code: code ?? '',
      redirect_uri: CALLBACK,
      code_verifier: VERIFIER,
      ...(await proofOf(world, id, alg)),
    },
    headers,
  )

/** Tokens of alice for a client. */
export async function tokensOf(world: World, parameters: Fields = {}): Promise<Record<string, string>> {
  const { code } = await ask(world, parameters)
  const { body } = await redeem(world, code, parameters.client_id)
  return body as Record<string, string>
}
