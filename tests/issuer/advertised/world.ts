import { createHash } from 'node:crypto'
import { compactDecrypt, decodeJwt, type JWTPayload } from 'jose'
import { grantType } from '../../../shared/contract/operations/clients.ts'
import { responseTypes } from '../../../shared/protocol/authorization-request.ts'
import { contentEncryptions, isSecretEncryption, keyEncryptions } from '../../../shared/protocol/jwe.ts'
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
import { openingKey } from '../../support/encryption.ts'
import { type Answer, type Fields, ISSUER, type Issuer } from '../../support/issuer.ts'
import { type ProofKey, proofKey } from '../../support/proof.ts'
import { openTwo, under } from '../../support/second-issuer.ts'

/** Members of a discovery document, by their names. */
export type Metadata = Record<string, unknown>

export const SECRET = 'a secret that is long enough for HS512: sixty-four bytes, and more'
/** Where the app serves a request object. */
export const OBJECT = 'http://127.0.0.1:3000/request.jwt'
export const OUT = 'http://127.0.0.1:3000/logged-out'
const signed = ['RS256', 'PS256', 'ES256', 'EdDSA'] as const

/** An issuer with clients for whatever its discovery may name, seen under one of its URLs. */
export interface World {
  issuer: Issuer
  /** The same without the prefix. */
  root: Issuer
  /** Path of the issuer's URL: empty for the default one. */
  prefix: string
  url: string
  /** What apps ask for here: openid, where there is such a scope. */
  scope: string
  /** Bodies that back channels were sent. */
  heard: string[]
  /** What apps serve, by its URL. */
  pages: Map<string, string>
  /** By algorithm: what opens the answers to a client of that name. */
  opening: ReadonlyMap<string, (jwe: string) => Promise<string>>
  signers: ReadonlyMap<string, Signer>
  proofKeys: ReadonlyMap<string, ProofKey>
}

export const at = (world: World, prefix: string, scope: string): World => ({
  ...world,
  prefix,
  scope,
  url: ISSUER + prefix,
  issuer: prefix === '' ? world.root : under(prefix, world.root),
})

const options = {
  autoApprove: true,
  redirectUris: [CALLBACK],
  responseTypes: [...responseTypes],
  grantTypes: [...grantType.options],
}

export async function openWorld(): Promise<World> {
  const issuer = await openTwo({ workspace: { settings: { exchangesKept: 100 } } })
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
    url: ISSUER,
    heard,
    pages,
    opening: await registerOpeners(issuer),
    signers: new Map([...secrets, ...[...keys].map(([alg, { sign }]) => [alg, sign] as const)]),
    proofKeys: new Map(
      await Promise.all(publicKeyAlgorithms.map(async (alg) => [alg, await proofKeyOf(alg)] as const)),
    ),
  }
}

/** Made once for all worlds: RSA takes its time. */
const once = <T>(make: (alg: string) => Promise<T>): ((alg: string) => Promise<T>) => {
  const made = new Map<string, Promise<T>>()
  return (alg) => made.get(alg) ?? made.set(alg, make(alg)).get(alg)!
}
const keyOf = once((alg) => makeKey(alg))
const proofKeyOf = once(proofKey)

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
      idTokenSignedResponseAlg: answers,
      userinfoSignedResponseAlg: answers,
      introspectionSignedResponseAlg: answers,
      authorizationSignedResponseAlg: answers,
    })
  }
  return keys
}

/** How a client is called that gets its answers encrypted like this. */
export const openerId = (alg: string, enc = 'A128CBC-HS256'): string =>
  `opener ${alg} ${enc}`.replaceAll(' ', '.')

/** A client for each way to encrypt, which gets all its answers so. */
async function registerOpeners(issuer: Issuer): Promise<World['opening']> {
  const pairs = { RSA: await opener('RSA'), EC: await opener('EC') }
  const opening = new Map<string, (jwe: string) => Promise<string>>()
  for (const [alg, enc] of ways) {
    const secret = isSecretEncryption(alg)
    const pair = pairs[alg.startsWith('RSA') ? 'RSA' : 'EC']
    const id = openerId(alg, enc)
    await issuer.call('clients.create', {
      ...options,
      id,
      secret: SECRET,
      authMethods: ['client_secret_post'],
      jwks: secret ? null : { keys: [pair.jwk] },
      idTokenEncryptedResponseAlg: alg,
      idTokenEncryptedResponseEnc: enc,
      userinfoSignedResponseAlg: 'ES256',
      userinfoEncryptedResponseAlg: alg,
      userinfoEncryptedResponseEnc: enc,
      introspectionEncryptedResponseAlg: alg,
      introspectionEncryptedResponseEnc: enc,
      authorizationEncryptedResponseAlg: alg,
      authorizationEncryptedResponseEnc: enc,
    })
    opening.set(id, async (jwe) => {
      if (!secret) return (await pair.open(jwe)).text
      const { plaintext } = await compactDecrypt(jwe, secretKeyOf(alg, enc))
      return new TextDecoder().decode(plaintext)
    })
  }
  return opening
}

const opener = once((kind) => openingKey(kind as 'RSA' | 'EC'))

/** Every alg with the usual enc, and every enc with one alg. */
const ways = [
  ...keyEncryptions.map((alg) => [alg, 'A128CBC-HS256'] as const),
  ...contentEncryptions.slice(1).map((enc) => ['ECDH-ES', enc] as const),
]

/** OpenID Connect Core 1.0 10.2 */
export const secretKeyOf = (alg: string, enc: string): Uint8Array => {
  const length =
    alg === 'A128KW' ? 16 : alg === 'A256KW' ? 32 : ({ A128GCM: 16, 'A256CBC-HS512': 64 }[enc] ?? 32)
  return createHash(length > 32 ? 'sha512' : 'sha256')
    .update(SECRET)
    .digest()
    .subarray(0, length)
}

/** Fields that prove a client: by its secret, or by the key of the algorithm it is called after. */
export async function proofOf(world: World, id: string, alg = id): Promise<Fields> {
  if (id === 'public' || id === 'unsigned') return { client_id: id }
  if (!world.signers.has(alg)) return { client_id: id, client_secret: SECRET }
  return asClient(await world.signers.get(alg)!(claimsNow(world, id)))
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

/** Asks at the authorization endpoint, as a client for alice. */
export async function ask(world: World, parameters: Fields = {}): Promise<Told> {
  const asked = { client_id: 'app', login_hint: 'alice', scope: world.scope, ...parameters }
  return toldBy(await browserOf(world).authorize(asked))
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

/** Trades a code for tokens. */
export const redeem = async (world: World, code: string | undefined, id = 'app', verifier = VERIFIER) =>
  world.issuer.token({
    grant_type: 'authorization_code',
    code: code ?? '',
    redirect_uri: CALLBACK,
    code_verifier: verifier,
    ...(await proofOf(world, id)),
  })

/** Tokens of alice for a client. */
export async function tokensOf(world: World, parameters: Fields = {}): Promise<Record<string, string>> {
  const { code } = await ask(world, parameters)
  const { body } = await redeem(world, code, parameters.client_id)
  return body as Record<string, string>
}
