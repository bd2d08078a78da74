import { type Load, type Shot, send } from './load.ts'

const FORM = { 'content-type': 'application/x-www-form-urlencoded' }
const basic = (id: string, secret: string) => `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`
const service = { ...FORM, authorization: basic('demo-service', 'demo-service-secret') }

export interface Scenario {
  name: string
  /** Path of the bare server that does the same cryptography. */
  bare: string
  signingAlg: 'RS256' | 'ES256'
  /** Whether it is measured again with many tokens in the store. */
  ofStore?: true
  /** Prepares what the requests need, and says what they are. */
  prepare(issuer: string): Promise<Load>
}

const form = (
  path: string,
  fields: Record<string, string>,
  headers: Record<string, string> = FORM,
): Shot => ({
  method: 'POST',
  path,
  headers,
  body: new URLSearchParams(fields).toString(),
})

const always = (shot: Shot): Load => ({ next: () => shot, expectedStatus: 200 })
const credentials = form('/token', { grant_type: 'client_credentials', scope: 'read' }, service)
const issue = async () => always(credentials)

async function serviceToken(issuer: string): Promise<string> {
  return JSON.parse(await send(undefined, issuer, credentials, 200)).access_token
}

async function refreshTokens(issuer: string): Promise<string> {
  const login = { grant_type: 'password', username: 'alice', password: 'wonderland' }
  return JSON.parse(await send(undefined, issuer, form('/token', login), 200)).refresh_token
}

export const scenarios: readonly Scenario[] = [
  { name: 'token issue, RS256', bare: '/sign-RS256', signingAlg: 'RS256', prepare: issue },
  { name: 'token issue, ES256', bare: '/sign-ES256', signingAlg: 'ES256', ofStore: true, prepare: issue },
  {
    name: 'bearer check',
    bare: '/verify',
    signingAlg: 'RS256',
    ofStore: true,
    async prepare(issuer) {
      const authorization = `Bearer ${await serviceToken(issuer)}`
      return always({ method: 'GET', path: '/items', headers: { authorization } })
    },
  },
  {
    name: 'introspection',
    bare: '/verify',
    signingAlg: 'RS256',
    ofStore: true,
    async prepare(issuer) {
      return always(form('/introspect', { token: await serviceToken(issuer) }, service))
    },
  },
  {
    name: 'refresh chain',
    bare: '/refresh',
    signingAlg: 'RS256',
    ofStore: true,
    async prepare(issuer) {
      const first = await Promise.all(Array.from({ length: 8 }, () => refreshTokens(issuer)))
      return {
        expectedStatus: 200,
        next: (previous) => {
          const token = previous === undefined ? first.pop()! : JSON.parse(previous).refresh_token
          return form('/token', { grant_type: 'refresh_token', refresh_token: token })
        },
      }
    },
  },
  {
    name: 'discovery',
    bare: '/static',
    signingAlg: 'RS256',
    prepare: async () => always({ method: 'GET', path: '/.well-known/oauth-authorization-server' }),
  },
]
