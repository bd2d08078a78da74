import { Anchor, Text } from '@mantine/core'
import { useEffect } from 'react'
import { problemsOf } from '../../../shared/protocol/jose.ts'
import { judgeToken } from '../../../shared/protocol/token-verdict.ts'
import { useWorkbench } from '../../stores/hooks.ts'
import { useAnnounce } from '../../ui/announcer.tsx'
import { VerdictBanner } from '../../ui/banner.tsx'
import { Countdown } from '../../ui/countdown.tsx'
import { claimTime } from '../../ui/format/claims.ts'
import { useNow } from '../../ui/now.ts'
import { StateBadge } from '../../ui/state-badge.tsx'
import { verdictLooks } from '../../ui/verdicts.ts'
import classes from './lab.module.css'
import { useLab } from './use-lab.ts'

/** The verdict, first of all: at once what can be said here, then what the core says of signature and ledger. */
export const Verdict = () => (
  <section className={classes.verdict} aria-label="Verdict">
    <VerdictNow />
  </section>
)

function VerdictNow() {
  const failure = useLab((state) => state.failure)
  const decoded = useLab((state) => state.decoded)
  const inspection = useLab((state) => state.inspection)
  if (failure)
    return <VerdictBanner tone="warn" verdict="Not verified" reason={failure.message} testId="lab-verdict" />
  if (!decoded) return <NoToken />
  return inspection?.token === decoded.token ? <Judged /> : <Preliminary />
}

function NoToken() {
  const drafted = useLab(({ draft }) => draft.header !== '')
  return (
    <VerdictBanner
      tone="muted"
      verdict={drafted ? 'Not signed yet' : 'No token yet'}
      reason={
        drafted
          ? 'This is content without a signature. Sign it under “Edit and sign”.'
          : 'The verdict stands here as soon as there is a token.'
      }
      testId="lab-verdict"
    />
  )
}

/** What can be said without a key; the rest is on its way. */
function Preliminary() {
  const decoded = useLab((state) => state.decoded)!
  const checking = useLab((state) => state.checking)
  const now = useNow()
  const { verdict, reason } = judgeToken({
    form: decoded.form,
    problems: problemsOf(decoded, true),
    claims: decoded.claims,
    signature: {
      state: 'not_checked',
      reason: checking
        ? 'The signature is being checked…'
        : 'Say under “Verify with” which key to check it with.',
    },
    ledger: null,
    now,
  })
  const look = verdictLooks[verdict]
  const waiting = checking && verdict === 'unverified'
  return (
    <VerdictBanner
      tone={look.tone}
      verdict={waiting ? 'Checking' : look.label}
      reason={reason}
      testId="lab-verdict"
    />
  )
}

function Judged() {
  const { navigation } = useWorkbench()
  const { verdict, reason, verifiedWith, row, claims } = useLab((state) => state.inspection)!
  const look = verdictLooks[verdict]
  const until = claimTime('exp', claims?.exp)
  return (
    <>
      <Said text={`${look.label}. ${reason}`} />
      <VerdictBanner tone={look.tone} verdict={look.label} reason={reason} testId="lab-verdict" />
      <div className={classes.facts}>
        {verifiedWith !== null && (
          <span>
            Verified with <span className={classes.mono}>{verifiedWith}</span>
          </span>
        )}
        {until !== null && verdict === 'valid' && (
          <span>
            Ends in <Countdown until={until} announceAs="The token" />
          </span>
        )}
        {row && (
          <span style={{ display: 'inline-flex', gap: 6, alignItems: 'center' }}>
            <StateBadge state={row.state} />
            <Anchor component="button" type="button" fz="xs" onClick={() => navigation.go('tokens', row.jti)}>
              Open it in the ledger
            </Anchor>
          </span>
        )}
        {verdict === 'valid' && row === null && <NotOurs />}
      </div>
    </>
  )
}

/** For screen readers: what the eye sees turn green or red. */
function Said({ text }: { text: string }) {
  const announce = useAnnounce()
  useEffect(() => announce(text), [text, announce])
  return null
}

const NotOurs = () => (
  <Text component="span" inherit>
    Not in the ledger: no issuer here issued it
  </Text>
)
