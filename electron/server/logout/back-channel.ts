import { runChecks } from '../../../shared/protocol/check.ts'
import { checkLogoutAccepted, type LogoutAnswerFacts } from '../../../shared/protocol/checks/logout/index.ts'
import { OAuthError } from '../../../shared/protocol/errors.ts'
import type { Core } from '../core.ts'
import { randomId } from '../random.ts'
import { readSome } from '../read-some.ts'
import { createTrail } from '../recorder/trail.ts'
import { signJwt } from '../tokens/sign.ts'
import { transmit } from '../transmit.ts'
import type { RelyingParty } from './relying-parties.ts'

// Threat: a backchannel_logout_uri that never answers, answers without end or leads elsewhere, and that anybody may have
// registered. Each gets one POST, which holds nothing but the logout token, within these limits; nobody waits for all of them.

const TIMEOUT_MS = 5_000
const MAX_BYTES = 65_536
/** OpenID Connect Back-Channel Logout 1.0 2.4: preferably at most two minutes. */
const LIFETIME = 120

const EVENT = 'http://schemas.openid.net/event/backchannel-logout'

/** Tells every one of them that has a back-channel URI that the session is over. Never rejects; traces show what came of it. */
export async function notifyByBackChannel(core: Core, parties: readonly RelyingParty[]): Promise<void> {
  await Promise.all(
    parties.flatMap((party) => {
      const uri = party.client.backchannelLogoutUri
      return uri === null ? [] : [deliver(core, party, uri)]
    }),
  )
}

/** OpenID Connect Back-Channel Logout 1.0 2.4: signed as the client's ID tokens are, and never to be taken for one. */
async function logoutToken(core: Core, { client, session, sub, iss }: RelyingParty): Promise<string> {
  const signer = await core.keys.responseSigner(session.issuer, client.idTokenSignedResponseAlg)
  const iat = Math.floor(core.clock.now() / 1000)
  const sid = client.backchannelLogoutSessionRequired ? { sid: session.sid } : {}
  const jti = randomId(core.random)
  const claims = { iss, sub, ...sid, aud: client.id, iat, exp: iat + LIFETIME, jti, events: { [EVENT]: {} } }
  return signJwt(signer, 'logout+jwt', claims)
}

interface Answer {
  status: number
  headers: [string, string][]
  body: Uint8Array
}

async function deliver(core: Core, party: RelyingParty, uri: string): Promise<void> {
  const { real } = core.clock
  const started = real.now()
  try {
    const form = new URLSearchParams({ logout_token: await logoutToken(core, party) })
    const answer = await send(core, uri, form.toString())
    // After the store is closed there is nothing left to write to.
    if (!core.closing.aborted) record(core, party, { uri, form, answer, durationMs: real.now() - started })
  } catch (error) {
    core.log(
      `${party.client.id} could not be told of a logout: ${error instanceof Error ? error.message : error}`,
    )
  }
}

/** What the app answered, or why it did not. */
async function send(core: Core, uri: string, body: string): Promise<Answer | string> {
  try {
    // Refuses a URL with a user name in it.
    const request = new Request(uri, {
      method: 'POST',
      headers: FORM,
      body,
      redirect: 'manual',
    })
    const limit = AbortSignal.any([AbortSignal.timeout(TIMEOUT_MS), core.closing])
    const response = await transmit(core, request, limit)
    const { bytes, broken } = await readSome(response, MAX_BYTES)
    if (broken) return 'The answer breaks off.'
    return { status: response.status, headers: [...response.headers], body: bytes }
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
    return cause instanceof Error ? cause.message || cause.name : String(cause)
  }
}

const FORM = { 'content-type': 'application/x-www-form-urlencoded' }

function record(
  core: Core,
  { client, session }: RelyingParty,
  sent: { uri: string; form: URLSearchParams; answer: Answer | string; durationMs: number },
): void {
  const answer = typeof sent.answer === 'string' ? null : sent.answer
  const problem = typeof sent.answer === 'string' ? sent.answer : null
  const requestBody = Buffer.from(sent.form.toString())
  core.recorder.record({
    direction: 'outbound',
    durationMs: sent.durationMs,
    method: 'POST',
    url: new URL(sent.uri),
    issuer: session.issuer,
    requestHeaders: Object.entries(FORM),
    requestBody,
    requestBytes: requestBody.length,
    status: answer?.status ?? 0,
    responseHeaders: answer?.headers ?? [],
    responseBody: answer?.body ?? new Uint8Array(0),
    trail: {
      ...createTrail(),
      endpoint: 'backchannel-logout',
      clientId: client.id,
      userId: session.userId,
      error: answer ? null : 'unreachable',
      verdicts: verdictsOn({ status: answer?.status ?? null, problem }),
      links: [`session:${session.hash}`],
    },
  })
}

function verdictsOn(facts: LogoutAnswerFacts): ReturnType<typeof createTrail>['verdicts'] {
  const { verdicts } = createTrail()
  try {
    runChecks([checkLogoutAccepted], facts, {
      profile: 'standard',
      note: (verdict) => verdicts.push(verdict),
    })
  } catch (error) {
    // There is nobody to refuse: the session is over whatever the app says.
    if (!(error instanceof OAuthError)) throw error
  }
  return verdicts
}
