import type { FaultActionOf } from '../../../../../shared/contract/faults/actions/index.ts'
import type { JwksEdit } from '../../../../../shared/contract/faults/actions/jwks.ts'
import { type SigningAlg, signingAlg } from '../../../../../shared/contract/values.ts'
import { isJsonObject, type JsonObject } from '../../../../../shared/protocol/jwt.ts'
import type { Core } from '../../../core.ts'
import { isSigningKey, type KeyRecord } from '../../../store/keys.ts'
import { generateSigningKey } from '../../../tokens/generate-key.ts'
import { idTokenAlg } from '../../../tokens/key-ring.ts'
import { readJson, withJson } from '../reply-json.ts'
import type { Deed, Scene } from './deed.ts'

type Keys = JsonObject[]
type Edit = (keys: Keys, scene: Scene) => Keys | Promise<Keys>

const DECOYS = 3

const edits: Readonly<Record<JwksEdit, Edit>> = {
  'without-signing-key': (keys, { context }) => {
    const signing = signingKids(context.core, context.issuerName)
    return keys.filter(({ kid }) => !signing.includes(String(kid)))
  },
  empty: () => [],
  stale: (_keys, { context, fault }) => keysAt(context.core.keys.list(context.issuerName), fault.armedAt),
  'unknown-kids': (keys) => keys.map((key) => ({ ...key, kid: `${key.kid}-unknown` })),
  'no-kids': (keys) => keys.map(({ kid: _kid, ...key }) => key),
  'foreign-keys': (keys, { context }) =>
    Promise.all(
      keys.map(async (key) =>
        signs(key) ? { ...(await strangerTo(context.core, key, 0)), kid: key.kid } : key,
      ),
    ),
  decoys: async (keys, { context }) => {
    const like = keys.find(signs) ?? { alg: 'ES256' }
    const all = Array.from({ length: DECOYS }, (_, index) => strangerTo(context.core, like, index + 1))
    return [...(await Promise.all(all)), ...keys]
  },
}

/** As far as another fault has left it so. */
const signs = ({ use, alg }: JsonObject): boolean => use === 'sig' && signingAlg.safeParse(alg).success

export const jwks: Deed<FaultActionOf<'jwks'>> = {
  after({ edit }, reply, scene) {
    const json = readJson(reply)
    if (!isJwks(json)) return null
    const made = edits[edit](json.keys, scene)
    // A copy that is still right is no fault.
    if (Array.isArray(made) && JSON.stringify(made) === JSON.stringify(json.keys)) return null
    return async () => withJson(reply, { ...json, keys: await made })
  },
}

const isJwks = (json: unknown): json is JsonObject & { keys: Keys } =>
  isJsonObject(json) && Array.isArray(json.keys) && json.keys.every(isJsonObject)

/** Of the keys that sign access and ID tokens now. */
function signingKids({ keys }: Core, issuer: string): string[] {
  const signing = keys
    .list(issuer)
    .filter(isSigningKey)
    .filter(({ active, use }) => active && use === 'access')
  return signing.flatMap(({ kid, alg }) => {
    const ofAnswers = idTokenAlg(alg)
    return ofAnswers === alg ? [kid] : [kid, keys.forAlg(issuer, ofAnswers)?.kid ?? kid]
  })
}

/** The JWKS as it was at a moment: what left it since is in it, and what came since is not. */
const keysAt = (keys: readonly KeyRecord[], at: number): Keys =>
  keys.flatMap(({ publicJwk, createdAt, retiredAt, revokedAt }) => {
    const left = retiredAt ?? revokedAt
    return publicJwk && createdAt <= at && (left === null || left > at) ? [publicJwk] : []
  })

/** Made once for each core, since RSA keys take their time, and a decoy that changes at every request would give itself away. */
const strangers = new WeakMap<Core, Map<string, Promise<JsonObject>>>()

/** The public half of a key that nobody has reason to trust, for the same algorithm. */
function strangerTo(core: Core, { alg }: JsonObject, n: number): Promise<JsonObject> {
  const known = strangers.get(core) ?? new Map<string, Promise<JsonObject>>()
  strangers.set(core, known)
  const made = known.get(`${alg} ${n}`) ?? makeStranger(core, alg as SigningAlg)
  known.set(`${alg} ${n}`, made)
  return made
}

const makeStranger = async ({ random }: Core, alg: SigningAlg): Promise<JsonObject> =>
  (await generateSigningKey(alg, random)).publicJwk!
