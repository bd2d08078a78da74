import { createHash } from 'node:crypto'
import { ContractError } from '../../../shared/contract/envelope.ts'
import type { Core } from '../core.ts'
import { randomId } from '../random.ts'
import { transmit } from '../transmit.ts'

// One login of a small app, by code with PKCE, as a browser and an app would do it between them: over HTTP, with a form that is
// filled in, and recorded like everything that comes to the issuer.

export interface TourLogin {
  clientId: string
  username: string
  password: string
  /** Of the authorization request. */
  redirectUri: string
  /** Of the token request: the same, unless the app has a mistake in it. */
  redeemedFor: string
}

export interface TourAnswer {
  status: number
  /** `error` of the answer; null when there are tokens. */
  error: string | null
  /** The token request. */
  exchangeId: number
}

const SCOPES = ['openid', 'profile', 'read']
const BROWSER = 'Mozilla/5.0 (Grantscope tour)'
const APP = 'tour-app/1.0'
const TIMEOUT_MS = 15_000

interface Answered {
  exchangeId: number | null
  status: number
  headers: Headers
  text: string
}

type Send = (
  path: string,
  init: { agent: string; form?: Record<string, string>; bearer?: string },
) => Promise<Answered>

/** @throws ContractError `refused` when there is no socket, or the login does not come as far as a code */
export async function logInOnce(core: Core, login: TourLogin): Promise<TourAnswer> {
  const send = createSender(core)
  const verifier = randomId(core.random, 32)
  const code = await codeFor(core, login, { send, challenge: sha256(verifier) })
  const answer = await send('/token', {
    agent: APP,
    form: {
      grant_type: 'authorization_code',
      client_id: login.clientId,
      code,
      redirect_uri: login.redeemedFor,
      code_verifier: verifier,
    },
  })
  const body = JSON.parse(answer.text) as { access_token?: string; error?: string }
  if (body.access_token) await send('/items', { agent: APP, bearer: body.access_token })
  return { status: answer.status, error: body.error ?? null, exchangeId: answer.exchangeId! }
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('base64url')

/** The browser's part: from the authorization request over login and consent to the redirect. */
async function codeFor(
  core: Core,
  { clientId, username, password, redirectUri }: TourLogin,
  { send, challenge }: { send: Send; challenge: string },
): Promise<string> {
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: clientId,
    redirect_uri: redirectUri,
    scope: SCOPES.join(' '),
    state: randomId(core.random),
    nonce: randomId(core.random),
    code_challenge: challenge,
    code_challenge_method: 'S256',
  })
  let answer = await send(`/authorize?${query}`, { agent: BROWSER })
  for (const fields of [{ username, password }, allowAll]) {
    const id = interactionIn(answer)
    if (id === null) break
    await send(`/interaction?id=${encodeURIComponent(id)}`, { agent: BROWSER })
    answer = await send('/interaction', { agent: BROWSER, form: { id, ...fields } })
  }
  const code = new URL(answer.headers.get('location') ?? '', `${redirectUri}/`).searchParams.get('code')
  if (code === null) throw stuck(username, clientId, answer)
  return code
}

const allowAll = {
  decision: 'allow',
  ...Object.fromEntries(SCOPES.map((scope) => [`scope:${scope}`, 'on'])),
}

/** Whether the issuer asks the user something. */
const interactionIn = ({ headers }: Answered): string | null =>
  /^interaction\?id=([^&]+)$/.exec(headers.get('location') ?? '')?.[1] ?? null

const stuck = (username: string, clientId: string, { status, exchangeId }: Answered): ContractError =>
  new ContractError(
    'refused',
    `The login of ${username} at ${clientId} ended with ${status} before there was a code${exchangeId === null ? '' : ` (exchange ${exchangeId})`}. The tour needs both as the demo workspace has them; Settings can reset it.`,
  )

function createSender(core: Core): Send {
  const where = core.where()
  if (!where) {
    throw new ContractError('refused', 'This issuer is on no socket, so there is nowhere to log in.')
  }
  const cookies = new Map<string, string>()
  return async (path, { agent, form, bearer }) => {
    const requestId = `tour-${randomId(core.random)}`
    const headers = new Headers({ 'x-request-id': requestId, 'user-agent': agent })
    if (agent === BROWSER) headers.set('cookie', [...cookies].map((pair) => pair.join('=')).join('; '))
    if (bearer !== undefined) headers.set('authorization', `Bearer ${bearer}`)
    const request = new Request(where.issuer + path, {
      method: form ? 'POST' : 'GET',
      headers,
      body: form ? new URLSearchParams(form) : null,
      redirect: 'manual',
    })
    const limit = AbortSignal.timeout(TIMEOUT_MS)
    const response = await transmit(core, request, limit).catch((error: unknown) => {
      throw new ContractError('unreachable', `${where.issuer} could not be reached: ${error}`)
    })
    for (const cookie of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie) ?? []
      if (name !== undefined) cookies.set(name, value!)
    }
    const { status, headers: answered } = response
    const text = await response.text()
    return { exchangeId: core.recorder.exchangeOf(requestId) ?? null, status, headers: answered, text }
  }
}
