import { judgeAll } from '../check.ts'
import { checkJson, checkMember, checkStatus } from '../checks/answer.ts'
import { endpoint, givenPairs, needed, route } from '../context.ts'
import { type FlowAnswer, FlowProblem, type RequestStep } from '../types.ts'
import { reading, refusedReading } from './answers.ts'

// What one does with a token: show it to an API, ask about it, end it. Who its user is, is asked in userinfo.ts.

export const introspectStep: RequestStep = {
  id: 'introspect',
  type: 'request',
  title: 'Ask the issuer about a token',
  does: 'An API that cannot read a token asks whether it is active, and for whom and what. Who asks says who they are.',
  spec: 'RFC 7662 2.1',
  needs: ['token'],
  gives: [],
  plan: (context) => ({
    method: 'POST',
    url: endpoint(context, 'introspection_endpoint'),
    headers: [['accept', 'application/json']],
    form: [['token', needed(context, 'token')], ...givenPairs(context, ['token_type_hint'])],
    clientAuth: true,
  }),
  read(answer) {
    if (answer.status !== 200) return refusedReading(answer, 'RFC 7662 2.3')
    const checks = judgeAll(
      [
        checkStatus('RFC 7662 2.2'),
        checkJson('RFC 7662 2.2'),
        checkMember('active', 'RFC 7662 2.2', 'boolean'),
      ],
      { answer },
    )
    const active = answer.json?.active === true
    return reading(checks, { passed: active ? 'The token is active.' : 'The token is not active.' })
  },
}

export const revokeStep: RequestStep = {
  id: 'revoke',
  type: 'request',
  title: 'Revoke a token',
  does: 'The client says that it needs the token no more. The answer is the same for a token that never was.',
  spec: 'RFC 7009 2.1',
  needs: ['token'],
  gives: [],
  plan: (context) => ({
    method: 'POST',
    url: endpoint(context, 'revocation_endpoint'),
    form: [['token', needed(context, 'token')], ...givenPairs(context, ['token_type_hint'])],
    clientAuth: true,
  }),
  read: (answer) =>
    answer.status === 200
      ? reading(judgeAll([checkStatus('RFC 7009 2.2')], { answer }), { passed: 'The issuer has revoked it.' })
      : refusedReading(answer, 'RFC 7009 2.2.1'),
}

export const apiStep: RequestStep = {
  id: 'api',
  type: 'request',
  title: 'Call an API',
  does: 'The access token goes along in the Authorization header, bound to a key or as a bearer token.',
  spec: 'RFC 6750 2.1, RFC 9449 7',
  needs: ['access_token'],
  gives: [],
  plan(context) {
    const { url, method, body } = context.parameters
    const json = body ? { body, headers: [['content-type', 'application/json']] as const } : {}
    return {
      method: method || 'GET',
      url: url ? absolute(url) : route(context, '/me'),
      ...json,
      accessToken: needed(context, 'access_token'),
      dpop: true,
    }
  },
  read: (answer) => readCall(answer, 'RFC 6750 3.1'),
}

function absolute(url: string): string {
  if (URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)) return url
  throw new FlowProblem(`"${url.slice(0, 200)}" is no http or https URL.`)
}

/** Any 2xx will do. */
export function readCall(answer: FlowAnswer, spec: string, passed?: string): ReturnType<typeof reading> {
  if (answer.status < 200 || answer.status > 299) return refusedReading(answer, spec)
  const checks = judgeAll([checkStatus(spec, [answer.status])], { answer })
  return reading(checks, { passed: passed ?? `The API answered ${answer.status}.` })
}

/** The user an API names, for explanations. */
export const whoOf = ({ json }: FlowAnswer): string => String(json?.username ?? json?.sub ?? 'somebody')
