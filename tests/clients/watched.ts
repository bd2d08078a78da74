import * as client from 'openid-client'
import { expect } from 'vitest'
import type { Finding } from '../../shared/contract/operations/findings.ts'
import type { WorkspaceFileInput } from '../../shared/contract/workspace-file.ts'
import { ISSUER, type Issuer, openIssuer } from '../support/issuer.ts'

export const CALLBACK = 'https://app.example.test/callback'
export const WEB_SECRET = 'backend-secret'

type Parameters = Record<string, string>

/** An app made of openid-client, at an issuer in this process that watches it, on the issuer's clock. */
export interface Watched {
  issuer: Issuer
  /** Carries requests of any library to the issuer, 20 ms each. */
  fetch: typeof fetch
  /** openid-client as the public client `app`, or as `backend` with its secret. */
  as(clientId: 'app' | 'backend', authentication?: client.ClientAuth): Promise<client.Configuration>
  /** How far the issuer's clock is ahead of this computer's, in seconds. */
  skew(): number
  /** Sends a user to this address, lets them agree, and returns where the answer leads. */
  visit(url: URL): Promise<URL>
  /** A login as the README of openid-client has it, with a nonce; `parameters` are laid over its own. */
  logIn(config: client.Configuration, parameters?: Parameters, how?: LoginOptions): Promise<LoggedIn>
  /** Everything the rules found in all traces, oldest trace first. */
  findings(): Promise<Finding[]>
}

export interface LoginOptions {
  without?: readonly string[]
  verifier?: string
}

export interface LoggedIn {
  tokens: Awaited<ReturnType<typeof client.authorizationCodeGrant>>
  /** The callback with its code. */
  answer: URL
  checks: client.AuthorizationCodeGrantChecks
}

/** The two clients: they ask nobody for consent, so a login is one request. */
const clients: WorkspaceFileInput['clients'] = [
  {
    id: 'app',
    authMethods: ['none'],
    redirectUris: [CALLBACK],
    autoApprove: true,
    defaultScopes: ['openid'],
  },
  {
    id: 'backend',
    authMethods: ['client_secret_basic', 'client_secret_post', 'client_secret_jwt'],
    secret: WEB_SECRET.padEnd(32, '.'),
    redirectUris: [CALLBACK],
    autoApprove: true,
    grantTypes: ['authorization_code', 'refresh_token', 'client_credentials'],
  },
]

export async function watchApps(options: { issuer?: string } = {}): Promise<Watched> {
  const issuer = await openIssuer({ ...options, workspace: { clients } })
  const send: typeof fetch = async (input, init) => {
    issuer.clock.advance(0.02)
    return issuer.grantscope.provider(new Request(input, init))
  }
  const skew = () => Math.floor((issuer.clock.now() - Date.now()) / 1000)
  const visit = async (url: URL) => {
    const { headers, text } = await issuer.send(`${url.pathname}${url.search}`)
    issuer.clock.advance(0.02)
    const location = headers.get('location')
    if (location === null) throw new Error(`the browser stays at the issuer: ${text.slice(0, 200)}`)
    return new URL(location)
  }
  return {
    issuer,
    fetch: send,
    skew,
    visit,
    as: (clientId, authentication = defaultAuthentication(clientId)) =>
      client.discovery(new URL(ISSUER), clientId, { [client.clockSkew]: skew() }, authentication, {
        execute: [client.allowInsecureRequests],
        [client.customFetch]: send,
      }),
    logIn: (config, parameters, how) => logIn(visit, config, parameters, how),
    findings: () => allFindings(issuer),
  }
}

const defaultAuthentication = (clientId: string): client.ClientAuth =>
  clientId === 'app' ? client.None() : client.ClientSecretBasic(WEB_SECRET.padEnd(32, '.'))

async function logIn(
  visit: Watched['visit'],
  config: client.Configuration,
  parameters: Parameters = {},
  { without = [], verifier = client.randomPKCECodeVerifier() }: LoginOptions = {},
): Promise<LoggedIn> {
  const asked: Parameters = {
    redirect_uri: CALLBACK,
    scope: 'openid read',
    login_hint: 'alice',
    state: client.randomState(),
    nonce: client.randomNonce(),
    code_challenge: await client.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    ...parameters,
  }
  for (const name of without) delete asked[name]
  if (!asked.code_challenge) delete asked.code_challenge_method
  const answer = await visit(client.buildAuthorizationUrl(config, asked))
  const checks = {
    ...(asked.state ? { expectedState: asked.state } : {}),
    ...(asked.nonce ? { expectedNonce: asked.nonce } : {}),
    ...(asked.code_challenge ? { pkceCodeVerifier: verifier } : {}),
  }
  return { tokens: await client.authorizationCodeGrant(config, answer, checks), answer, checks }
}

async function allFindings(issuer: Issuer): Promise<Finding[]> {
  const traces = await issuer.call('traces.list', {})
  const found: Finding[] = []
  for (const { id, problems, worst } of traces.toReversed()) {
    const { findings, exchanges } = await issuer.call('traces.get', { id })
    expect(problems).toBe(findings.filter(({ severity }) => severity !== 'info').length)
    expect(worst).toBe(findings[0]?.severity ?? null)
    for (const { exchanges: seen } of findings)
      expect(exchanges.map((exchange) => exchange.id)).toEqual(expect.arrayContaining([seen.at(-1)]))
    found.push(...findings)
  }
  return found
}
