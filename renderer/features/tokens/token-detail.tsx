import { Button, Group, Popover, Text, TextInput, Title } from '@mantine/core'
import { IconArrowBackUp, IconBan, IconChevronDown, IconFlask } from '@tabler/icons-react'
import { type FormEvent, useState } from 'react'
import type { TokenDetail } from '../../../shared/contract/operations/tokens.ts'
import { useOperation, useWorkbench } from '../../stores/hooks.ts'
import { VerdictBanner } from '../../ui/banner.tsx'
import { CopyButton } from '../../ui/copy.tsx'
import { JwtView } from '../../ui/jwt-view.tsx'
import { useNow } from '../../ui/now.ts'
import { PageBody, Panel } from '../../ui/panel.tsx'
import { ErrorState, LoadingRows } from '../../ui/states.tsx'
import { restore, revoke } from './commands.ts'
import { ExpireButtons } from './expire-later.tsx'
import { kindLabels } from './ledger-columns.tsx'
import { endHint, possibleActions, verdictOf } from './life.ts'
import { RaceButton } from './race-dialog.tsx'
import { HistoryPanel } from './token-course.tsx'
import { EffectsPanel } from './token-effects.tsx'
import { FamilyPanel } from './token-family.tsx'
import { ScopesPanel } from './token-scopes.tsx'
import classes from './tokens.module.css'

export function TokenDetailPane({ jti }: { jti: string }) {
  const { data, error, reload } = useOperation('tokens.get', { jti })
  if (error?.code === 'not_found')
    return (
      <ErrorState
        title="There is no such token"
        message="This issuer never issued it, or has forgotten it since. Tokens from elsewhere can be inspected."
      />
    )
  if (data) return <Loaded token={data} />
  if (error)
    return <ErrorState title="The token could not be read" message={error.message} onRetry={reload} />
  return <LoadingRows label="Reading the token" />
}

function Loaded({ token }: { token: TokenDetail }) {
  return (
    <>
      <Head token={token} />
      <PageBody>
        <Verdict token={token} />
        <EffectsPanel token={token} />
        <ScopesPanel key={token.scopes.join(' ')} token={token} />
        <Panel
          title="Content"
          description="As it was signed. The token itself is not kept, only its hash."
          actions={<OpenInLab token={token} />}
        >
          <JwtView token={null} header={token.header} claims={token.claims} />
        </Panel>
        <HistoryPanel token={token} />
        <FamilyPanel token={token} />
      </PageBody>
    </>
  )
}

/** The token is gone, but what it said can be signed again. */
function OpenInLab({ token: { header, claims } }: { token: TokenDetail }) {
  const { lab, navigation } = useWorkbench()
  return (
    <Button
      variant="default"
      size="xs"
      leftSection={<IconFlask size={14} aria-hidden />}
      onClick={() => {
        lab.openDraft(header, claims)
        navigation.go('lab', null, { tab: 'edit' })
      }}
    >
      Edit in the JWT lab
    </Button>
  )
}

function Head({ token }: { token: TokenDetail }) {
  return (
    <div className={classes.head}>
      <div className={classes.headName}>
        <Title order={2}>
          {kindLabels[token.kind]} token{token.username ? ` of ${token.username}` : ''}
        </Title>
        <Group gap={4} wrap="nowrap">
          <Text fz="xs" c="dimmed" ff="monospace" className={classes.jti} data-testid="token-jti">
            {token.jti}
          </Text>
          <CopyButton value={token.jti} what="jti" />
        </Group>
      </div>
      <Actions token={token} />
    </div>
  )
}

function Verdict({ token }: { token: TokenDetail }) {
  return <VerdictBanner {...verdictOf(token, useNow())} testId="token-verdict" />
}

/** The actions that would change something, now. */
function Actions({ token }: { token: TokenDetail }) {
  const workbench = useWorkbench()
  const possible = possibleActions(token, useNow())
  const choice = { jtis: [token.jti] }
  return (
    <Group gap="xs">
      {possible.restore && (
        <Button
          variant="default"
          leftSection={<IconArrowBackUp size={15} aria-hidden />}
          onClick={() => void restore(workbench, choice)}
        >
          Undo {possible.restore}
        </Button>
      )}
      {token.kind === 'refresh' && <RaceButton token={token} />}
      {(possible.expire || possible.move) && (
        <ExpireButtons choice={choice} now={possible.expire} hint={endHint(token)} />
      )}
      {possible.revoke && <RevokeButtons jti={token.jti} />}
    </Group>
  )
}

function RevokeButtons({ jti }: { jti: string }) {
  const workbench = useWorkbench()
  const [opened, setOpened] = useState(false)
  const [reason, setReason] = useState('')

  function submit(event: FormEvent) {
    event.preventDefault()
    setOpened(false)
    void revoke(workbench, { jtis: [jti] }, reason.trim())
  }

  return (
    <Button.Group>
      <Button
        variant="default"
        c="var(--gs-bad)"
        leftSection={<IconBan size={15} aria-hidden />}
        onClick={() => void revoke(workbench, { jtis: [jti] })}
      >
        Revoke
      </Button>
      <Popover opened={opened} onChange={setOpened} position="bottom-end" trapFocus shadow="md">
        <Popover.Target>
          <Button
            variant="default"
            px={6}
            aria-label="Revoke with a reason"
            onClick={() => setOpened(!opened)}
          >
            <IconChevronDown size={15} aria-hidden />
          </Button>
        </Popover.Target>
        <Popover.Dropdown>
          <form onSubmit={submit}>
            <Group align="flex-end" gap="xs">
              <TextInput
                label="Reason"
                description="Kept with the token and shown in its history."
                placeholder="stolen laptop"
                maxLength={200}
                value={reason}
                onChange={(event) => setReason(event.currentTarget.value)}
              />
              <Button type="submit">Revoke</Button>
            </Group>
          </form>
        </Popover.Dropdown>
      </Popover>
    </Button.Group>
  )
}
