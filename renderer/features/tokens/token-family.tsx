import { Button, Group, Text } from '@mantine/core'
import { IconBan, IconCornerDownRight, IconList } from '@tabler/icons-react'
import { useMemo } from 'react'
import type { TokenDetail, TokenRow } from '../../../shared/contract/operations/tokens.ts'
import { useRoute, useWorkbench } from '../../stores/hooks.ts'
import { formatRoute } from '../../stores/navigation.ts'
import { useAtNow } from '../../ui/now.ts'
import { Panel } from '../../ui/panel.tsx'
import { StateBadge } from '../../ui/state-badge.tsx'
import { countOf, revokeFamily } from './commands.ts'
import { type FamilyMember, familyTree } from './family.ts'
import { kindLabels } from './ledger-columns.tsx'
import { remainingLife, stateAt } from './life.ts'
import classes from './tokens.module.css'

/** A client that refreshes all day has thousands; the newest matter, and the list shows them all. */
const mostShown = 100
const deepest = 6

export function FamilyPanel({ token }: { token: TokenDetail }) {
  const workbench = useWorkbench()
  const { navigation } = workbench
  const members = useMemo(() => familyTree(token.family), [token.family])
  const hidden = Math.max(0, members.length - mostShown)
  const revoked = token.family.every(({ revokedAt }) => revokedAt !== null)
  return (
    <Panel
      title="Family"
      description="Every token of the same grant: what one login led to. Refreshing uses a refresh token up and adds a generation; one that comes again is reused."
      testId="token-family"
      actions={
        <Group gap="xs" wrap="nowrap">
          <Button
            variant="default"
            leftSection={<IconList size={15} aria-hidden />}
            onClick={() => navigation.go('tokens', token.jti, { grant: token.grantId })}
          >
            Show in list
          </Button>
          <Button
            variant="default"
            c={revoked ? undefined : 'var(--gs-bad)'}
            disabled={revoked}
            leftSection={<IconBan size={15} aria-hidden />}
            onClick={() => void revokeFamily(workbench, token.grantId)}
          >
            Revoke family
          </Button>
        </Group>
      }
    >
      {hidden > 0 && (
        <Text fz="xs" c="dimmed" mb={6}>
          The newest {mostShown} are shown; {countOf(hidden)} before them.
        </Text>
      )}
      <ul className={classes.family}>
        {members.slice(hidden).map((member) => (
          <Member key={member.token.jti} member={member} current={member.token.jti === token.jti} />
        ))}
      </ul>
    </Panel>
  )
}

function Member({ member: { token, generation }, current }: { member: FamilyMember; current: boolean }) {
  const { params } = useRoute()
  const depth = Math.min(generation, deepest)
  return (
    <li className={classes.member} data-current={current || undefined} data-testid={`family-${token.jti}`}>
      <span className={classes.branch} style={{ paddingInlineStart: depth * 16 }}>
        {generation > 0 && (
          <IconCornerDownRight
            size={14}
            aria-label={`Generation ${generation + 1}`}
            className={classes.faint}
          />
        )}
        <LiveState token={token} />
        {kindLabels[token.kind]}
      </span>
      {current ? (
        <span className={classes.mono} aria-current="true">
          {token.jti} (this one)
        </span>
      ) : (
        <a className={classes.mono} href={formatRoute({ section: 'tokens', id: token.jti, params })}>
          {token.jti}
        </a>
      )}
      <Life token={token} />
    </li>
  )
}

/** A revoked token may have been used up before, which says how the family grew. */
function LiveState({ token }: { token: TokenRow }) {
  const state = useAtNow((now) => stateAt(token, now))
  return (
    <>
      {state === 'revoked' && token.consumedAt !== null && <StateBadge state="consumed" />}
      {token.reusedAt !== null && <StateBadge state="warned" label="Reused" />}
      <StateBadge state={state} />
    </>
  )
}

const Life = ({ token }: { token: TokenRow }) => (
  <Text component="span" fz="xs" c="dimmed" ff="monospace">
    {useAtNow((now) => remainingLife(token, now))}
  </Text>
)
