import { decodeJwt } from '../../protocol/jwt.ts'
import { iso } from '../../protocol/time.ts'
import { headerOf } from '../body.ts'
import { accepted, type Step, spanWords } from './facts.ts'
import type { FindingRule, Sighting } from './finding.ts'

/** iat has whole seconds, and a request is under way for a while. */
const AHEAD_MS = 2_000

interface Signed {
  what: string
  jwt: string
  /** How old it may be when it comes: some apps make an assertion ahead of its use, a proof is for one request. */
  behindMs: number
}

export const clockSkew: FindingRule = {
  id: 'clock-skew',
  title: "The client's clock is not the issuer's",
  spec: 'RFC 7519 4.1.6, RFC 7523 3, RFC 9449 11.1',
  severity: 'warning',
  find: ({ steps }) => steps.flatMap((step) => signedIn(step).flatMap((signed) => sightingOf(step, signed))),
}

function signedIn({ exchange, parameters }: Step): Signed[] {
  const forms = ['client_assertion', 'assertion', 'request'].map((name) => ({
    what: name,
    jwt: parameters.get(name),
    behindMs: 60_000,
  }))
  const proof = { what: 'DPoP proof', jwt: headerOf(exchange.request, 'dpop') ?? undefined, behindMs: 10_000 }
  return [...forms, proof].flatMap(({ jwt, ...rest }) => (jwt === undefined ? [] : [{ ...rest, jwt }]))
}

function sightingOf(step: Step, { what, jwt, behindMs }: Signed): Sighting[] {
  const iat = decodeJwt(jwt).claims?.iat
  if (typeof iat !== 'number') return []
  const common: Pick<Sighting, 'severity' | 'exchanges'> = {
    severity: accepted(step) ? 'warning' : 'error',
    exchanges: [step.exchange.id],
  }
  if (iat > 1e11)
    return [
      {
        ...common,
        observed: `iat ${iat} in the ${what}`,
        expected: 'seconds since 1970',
        hint: 'That is a time in milliseconds: divide by 1000, and round down.',
      },
    ]
  const skew = iat * 1000 - step.exchange.at
  const behind = step.began - (iat + 1) * 1000
  if (skew <= AHEAD_MS && behind <= behindMs) return []
  return [
    {
      ...common,
      observed: `${what} made at ${iso(iat * 1000)}, which is ${skew > 0 ? `${spanWords(skew)} ahead of` : `${spanWords(behind)} behind`} the issuer's clock`,
      expected: `about ${iso(step.exchange.at)}`,
      hint:
        skew > 0
          ? 'Set both clocks by NTP. The clock of this issuer can be moved: see the status bar.'
          : `Either the client's clock is slow, or it keeps a ${what} and sends it again: make one for each request.`,
    },
  ]
}
