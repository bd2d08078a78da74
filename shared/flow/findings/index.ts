import type { Finding, Severity } from '../../contract/operations/findings.ts'
import type { Exchange } from '../../contract/operations/traces.ts'
import { clockSkew } from './clock-skew.ts'
import { codeReplayed } from './code-replayed.ts'
import { discoveryIssuerMismatch } from './discovery-issuer-mismatch.ts'
import { type RegisteredClient, toStep } from './facts.ts'
import type { FindingRule } from './finding.ts'
import { idTokenAsAccessToken } from './id-token-as-access-token.ts'
import { nonceMissing } from './nonce-missing.ts'
import { nonceReused } from './nonce-reused.ts'
import { pkceMissing } from './pkce-missing.ts'
import { pkcePlain } from './pkce-plain.ts'
import { pkceReused } from './pkce-reused.ts'
import { pollingTooFast } from './polling-too-fast.ts'
import { redirectUriNearlyRight } from './redirect-uri-nearly-right.ts'
import { refreshAfterInvalidGrant } from './refresh-after-invalid-grant.ts'
import { refreshParallel } from './refresh-parallel.ts'
import { refreshStorm } from './refresh-storm.ts'
import { refreshTokenKept } from './refresh-token-kept.ts'
import { scopeNotGranted } from './scope-not-granted.ts'
import { secretInUrl } from './secret-in-url.ts'
import { secretOfPublicClient } from './secret-of-public-client.ts'
import { stateConstant } from './state-constant.ts'
import { stateMissing } from './state-missing.ts'
import { tokenInUrl } from './token-in-url.ts'
import { useAfterExpiry } from './use-after-expiry.ts'
import { wrongAudience } from './wrong-audience.ts'

/** Every rule, in the order of a login. */
export const findingRules: readonly FindingRule[] = [
  discoveryIssuerMismatch,
  redirectUriNearlyRight,
  stateMissing,
  stateConstant,
  nonceMissing,
  nonceReused,
  pkceMissing,
  pkcePlain,
  pkceReused,
  secretInUrl,
  secretOfPublicClient,
  clockSkew,
  codeReplayed,
  scopeNotGranted,
  idTokenAsAccessToken,
  wrongAudience,
  tokenInUrl,
  useAfterExpiry,
  refreshParallel,
  refreshTokenKept,
  refreshAfterInvalidGrant,
  refreshStorm,
  pollingTooFast,
]

export interface TraceToRead {
  /** Oldest first. */
  exchanges: readonly Exchange[]
  /** Earlier authorization requests and refused refreshes of the same clients, oldest first. */
  earlier: readonly Exchange[]
  clients: readonly RegisteredClient[]
}

const ranks: Readonly<Record<Severity, number>> = { error: 0, warning: 1, info: 2 }

/** What all rules have to say of a trace, the worst first. What was sent from the workbench is not held against the app. */
export function findingsOf({ exchanges, earlier, clients }: TraceToRead): Finding[] {
  const own = ({ replayOf }: Exchange) => replayOf === null
  const facts = {
    steps: exchanges.filter(own).map(toStep),
    earlier: earlier.filter(own).map(toStep),
    clients: new Map(clients.map((client) => [client.id, client])),
  }
  return findingRules
    .flatMap(({ id, title, spec, severity, find }) =>
      find(facts).map((sighting): Finding => ({ rule: id, title, spec, severity, ...sighting })),
    )
    .sort((a, b) => ranks[a.severity] - ranks[b.severity])
}

export const worstOf = (findings: readonly Finding[]): Severity | null => findings[0]?.severity ?? null
