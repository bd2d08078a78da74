import { createRemoteJWKSet, customFetch, decodeJwt, type JWTPayload } from 'jose'
import { type ResponseMode, responseModes } from '../../../shared/protocol/authorization-request.ts'
import { unsigned } from '../../support/assertions.ts'
import { REQUEST } from '../../support/browser.ts'
import type { Answer, Fields, Json } from '../../support/issuer.ts'
import { once } from './once.ts'
import { ask, claimsNow, opened, proofOf, redeem, signed, signedBy, type Told, type World } from './world.ts'

// Requests that several members are seen in. Each is sent once under the settings of now.

export interface Login {
  told: Told
  answer: Answer
  /** What the answer holds. */
  tokens: Json & Record<'access_token' | 'refresh_token' | 'id_token', string>
}

const loginOf = (told: Told, answer: Answer): Login => ({
  told,
  answer,
  tokens: answer.body as Login['tokens'],
})

/** Alice's login at "app", which asks for all that is told of her. */
export const login = (world: World): Promise<Login> =>
  once(world.seen, 'login', async () => {
    const scope = world.scope === 'openid' ? 'openid profile email' : world.scope
    const claims = JSON.stringify({ id_token: { acr: null, email: null } })
    const told = await ask(world, { scope, claims })
    return loginOf(told, await redeem(world, told.code))
  })

/**
 * Alice's login at a client that signs all it sends by one algorithm: it asks by a request object, in a response mode of its own,
 * and trades the code by an assertion and, where it has a key pair, a DPoP proof.
 */
export const loginBy = (world: World, alg: string): Promise<Login> =>
  once(world.seen, `login by ${alg}`, async () => {
    const told = await toldByObject(world, alg)
    const proof = await dpopOf(world, alg, { method: 'POST', path: '/token' })
    return loginOf(told, await redeem(world, opened(told).code, clientOf(alg), { alg, headers: proof }))
  })

/** What a request is answered that came in an object signed by this algorithm, or by none. */
export const toldByObject = (world: World, alg: string): Promise<Told> =>
  once(world.seen, `object by ${alg}`, async () => {
    const client_id = alg === 'none' ? 'unsigned' : clientOf(alg)
    const mode = modeOf(alg)
    const claims = () => ({
      ...claimsNow(world, client_id, { sub: undefined }),
      ...REQUEST,
      client_id,
      scope: scopeOf(world, alg),
      ...(mode ? { response_mode: mode } : {}),
    })
    const what = `object for ${world.scope}`
    const request =
      alg === 'none' ? unsigned(claims(), TYPED) : await signedBy(world, alg, what, claims, TYPED)
    return ask(world, { client_id, request, scope: scopeOf(world, alg) })
  })

/** RFC 9101 10.8 */
const TYPED = { typ: 'oauth-authz-req+jwt' }

/** Only a client that is answered with JWTs of its algorithm asks who alice is. */
const scopeOf = (world: World, alg: string): string => (isSigned(alg) ? world.scope : 'read')

/** Signed modes for who registered an algorithm for answers, and the others for who did not. */
const modeOf = (alg: string): ResponseMode | undefined => {
  const fitting = responseModes.filter((mode) => mode.endsWith('jwt') === isSigned(alg))
  const clients: readonly string[] = isSigned(alg) ? signed : ['ES384', 'ES512', 'RS512']
  return fitting[clients.indexOf(alg)]
}

/** The login that was answered in this mode. */
export const loginIn = (world: World, mode: string): Promise<Login> | undefined => {
  const alg = [...world.signers.keys()].find((candidate) => modeOf(candidate) === mode)
  return alg === undefined ? undefined : loginBy(world, alg)
}

export interface Opened {
  /** The authorization response, once it was decrypted. */
  response: JWTPayload
  tokens: Login['tokens']
}

/** Alice's login at a client that gets its answers encrypted. */
export const openedBy = (world: World, id: string): Promise<Opened> =>
  once(world.seen, `opened by ${id}`, async () => {
    const told = await ask(world, { client_id: id, response_mode: 'jwt', scope: world.scope })
    const response = decodeJwt(await world.opening.get(id)!(told.response!))
    const { body } = await redeem(world, String(response.code), id)
    return { response, tokens: body as Login['tokens'] }
  })

/** A request object of the client with the secret, signed and not encrypted. */
export async function plainObject(
  world: World,
): Promise<{ client_id: string; scope: string; request: string }> {
  const asked = { client_id: 'app', scope: 'read' }
  const claims = () => ({ ...claimsNow(world, 'app', { sub: undefined }), ...REQUEST, ...asked })
  return { ...asked, request: await signedBy(world, 'HS256', 'object', claims, TYPED) }
}

/** What introspection answers about the token of a login by this algorithm; in a JWT of it, where the client is told so. */
export const introspectedBy = (world: World, alg: string): Promise<Answer> =>
  once(world.seen, `introspection by ${alg}`, async () => {
    const { access_token } = (await loginBy(world, alg)).tokens
    const fields = { token: access_token, ...(await proofOf(world, clientOf(alg), alg)) }
    const headers: Fields = isSigned(alg) ? { accept: 'application/token-introspection+jwt' } : {}
    return world.issuer.postForm('/introspect', fields, headers)
  })

/** What revocation answers to a client that proves itself by this algorithm. No token of its logins is lost. */
export const revokedBy = (world: World, alg: string): Promise<Answer> =>
  once(world.seen, `revocation by ${alg}`, async () =>
    world.issuer.postForm('/revoke', { token: 'x', ...(await proofOf(world, clientOf(alg), alg)) }),
  )

/** The published keys, as an app has them: it looks again when one is missing, since some are made at their first use. */
export const keysAt = (world: World, jwksUri: string): Promise<ReturnType<typeof createRemoteJWKSet>> =>
  once(world.seen, jwksUri, async () =>
    createRemoteJWKSet(new URL(jwksUri), {
      cooldownDuration: 0,
      [customFetch]: async () => new Response((await world.root.send(jwksUri)).text),
    }),
  )

const clientOf = (alg: string): string => (alg.startsWith('HS') ? 'app' : alg)

const isSigned = (alg: string): boolean => signed.some((known) => known === alg)

/** Headers that prove the key of this algorithm, beside the token that is bound to it. */
export async function dpopOf(
  world: World,
  alg: string,
  { method, path, accessToken }: { method: string; path: string; accessToken?: string },
): Promise<Fields> {
  const key = world.proofKeys.get(alg)
  if (!key) return {}
  const claims = { iat: Math.floor(world.issuer.clock.now() / 1000) }
  const url = world.url + path
  const make = () => key.proof(method, url, { claims, ...(accessToken ? { accessToken } : {}) })
  if (!accessToken) return { dpop: await once(world.signed, `proof ${alg} ${url}`, make) }
  return { authorization: `DPoP ${accessToken}`, dpop: await make() }
}
