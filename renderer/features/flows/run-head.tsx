import { ActionIcon, Anchor, Button, Group, Menu, Switch, Text, Title, Tooltip } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import {
  IconArrowsDiff,
  IconChevronDown,
  IconDots,
  IconPlayerPlay,
  IconPlayerStop,
  IconPlayerTrackNext,
  IconSettings,
  IconTrash,
} from '@tabler/icons-react'
import type { FlowKind, FlowRun } from '../../../shared/contract/operations/flows.ts'
import { useCommand, useWorkbench } from '../../stores/hooks.ts'
import { ConfirmDialog } from '../../ui/confirm-button.tsx'
import { Countdown } from '../../ui/countdown.tsx'
import { NowContext, type NowSource } from '../../ui/now.ts'
import { PrimaryButton } from '../../ui/primary-button.tsx'
import { StateBadge } from '../../ui/state-badge.tsx'
import { Time } from '../../ui/time.tsx'
import classes from './flows.module.css'
import { COMPARE } from './routes.ts'
import { RunSettingsDialog } from './run-settings.tsx'
import { isUnderWay, runLooks, runName } from './run-words.ts'
import { loginWords } from './start-form.ts'
import type { RunActions } from './use-run-actions.ts'

interface RunHeadProps {
  run: FlowRun
  kinds: readonly FlowKind[]
  actions: RunActions
}

/** Who and what a run is, and what can be done with it as a whole. */
export function RunHead({ run, kinds, actions }: RunHeadProps) {
  const kind = kinds.find(({ id }) => id === run.kind)
  const title = kind?.title ?? run.kind
  const next = run.next === null ? undefined : run.steps[run.next]
  return (
    <div className={classes.head}>
      <div className={classes.headText}>
        <Group gap="xs">
          <Title order={2}>{runName(run, title)}</Title>
          <span data-testid="flow-state">
            <StateBadge {...runLooks[run.state]} />
          </span>
        </Group>
        <Facts run={run} title={title} login={kind?.login ?? false} />
      </div>
      <Group gap="xs">
        {isUnderWay(run) || actions.busy !== null ? (
          <Button
            variant="default"
            leftSection={<IconPlayerStop size={15} aria-hidden />}
            onClick={() => void actions.cancel()}
          >
            Cancel
          </Button>
        ) : (
          next && (
            <Button
              variant="default"
              leftSection={<IconPlayerTrackNext size={15} aria-hidden />}
              onClick={() => void actions.runAll()}
            >
              Run all
            </Button>
          )
        )}
        {next && (
          <Tooltip label={`Step ${next.index + 1}: ${next.title}`}>
            <PrimaryButton
              leftSection={<IconPlayerPlay size={15} aria-hidden />}
              loading={actions.busy === 'send' || actions.busy === 'run'}
              disabled={isUnderWay(run) || (next.prepared === null && next.type === 'request')}
              onClick={() => void actions.send()}
            >
              Send next step
            </PrimaryButton>
          </Tooltip>
        )}
        <AppendMenu run={run} kinds={kinds} actions={actions} />
        <MoreMenu run={run} kind={kind} />
      </Group>
      <AutoRefresh run={run} actions={actions} />
    </div>
  )
}

interface FactsProps {
  run: FlowRun
  title: string
  /** Whether anybody logs in. */
  login: boolean
}

function Facts({ run, title, login }: FactsProps) {
  const { profile, options } = run
  return (
    <Text fz="xs" c="dimmed" component="div" data-testid="flow-facts">
      {`${title} · ${run.profileName}`} · client {profile.clientId} · {issuerWords(profile.issuer)}
      {login && ` · login by ${loginBy(run.login)}`}
      {options.dpop && ' · DPoP'} · began <Time at={run.startedAt} />
      {run.parentRun !== null && (
        <>
          {' · '}
          <Anchor href={`#/flows/${encodeURIComponent(run.parentRun)}`} inherit underline="always">
            Branch of another flow
            {run.parentStep !== null && `, from its step ${run.parentStep + 1}`}
          </Anchor>
        </>
      )}
    </Text>
  )
}

const loginBy = ({ by, userId }: FlowRun['login']): string => {
  if (by !== 'robot') return loginWords[by].label.toLowerCase()
  return userId ? `robot as ${userId}` : 'robot'
}

function issuerWords(issuer: FlowRun['profile']['issuer']): string {
  if (issuer.kind === 'built-in') return `built-in issuer ${issuer.name}`
  return issuer.kind === 'discovery' ? issuer.url : (issuer.issuer ?? 'endpoints typed in')
}

/** Further requests with the tokens a run has. */
function AppendMenu({ run, kinds, actions }: RunHeadProps) {
  const builtIn = run.profile.issuer.kind === 'built-in'
  const choices = kinds.filter(({ appendable, builtInOnly }) => appendable && (builtIn || !builtInOnly))
  if (choices.length === 0 || !run.values.some(({ name }) => /_token$/.test(name))) return null
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="default" rightSection={<IconChevronDown size={14} aria-hidden />}>
          Add step
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>With the tokens of this flow</Menu.Label>
        {choices.map(({ id, title }) => (
          <Menu.Item key={id} onClick={() => void actions.append(id)}>
            {title}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}

function MoreMenu({ run, kind }: { run: FlowRun; kind: FlowKind | undefined }) {
  const { navigation } = useWorkbench()
  const { run: remove } = useCommand('flows.delete')
  const [editing, settings] = useDisclosure()
  const [deleting, deletion] = useDisclosure()
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon size="lg" variant="default" aria-label="More for this flow">
            <IconDots size={16} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconSettings size={15} aria-hidden />} onClick={settings.open}>
            Parameters…
          </Menu.Item>
          <Menu.Item
            leftSection={<IconArrowsDiff size={15} aria-hidden />}
            onClick={() => navigation.go('flows', COMPARE, { a: run.id })}
          >
            Compare with another…
          </Menu.Item>
          <Menu.Item leftSection={<IconTrash size={15} aria-hidden />} onClick={deletion.open}>
            Delete…
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {kind && <RunSettingsDialog run={run} kind={kind} opened={editing} onClose={settings.close} />}
      <ConfirmDialog
        opened={deleting}
        onClose={deletion.close}
        title="Delete this flow?"
        consequence="Its requests, answers and keys are forgotten. Branches of it stay, and so do tokens the built-in issuer gave out."
        verb="Delete flow"
        onConfirm={async () => {
          const result = await remove({ ids: [run.id] })
          if (result.ok) navigation.go('flows')
        }}
      />
    </>
  )
}

/** Renews the access token by itself, where there is something to renew it with. */
function AutoRefresh({ run, actions }: { run: FlowRun; actions: RunActions }) {
  const { clock } = useWorkbench()
  const { refresh, values } = run
  if (!refresh.on && !values.some(({ name }) => name === 'refresh_token')) return null
  return (
    <div className={classes.refresh} data-testid="flow-refresh">
      <Switch
        label="Refresh automatically"
        checked={refresh.on}
        disabled={actions.busy !== null}
        onChange={(event) => void actions.autoRefresh(event.currentTarget.checked)}
      />
      <Text fz="xs" c="dimmed" component="span">
        {refresh.on && refresh.at !== null && (
          <NextRefresh at={refresh.at} clock={refresh.clock === 'issuer' ? clock : null} />
        )}
        {refresh.on && refresh.at === null && 'Nothing to refresh yet.'}
        {!refresh.on && (refresh.stopped ?? 'Off: tokens of this flow expire when they expire.')}
      </Text>
    </div>
  )
}

function NextRefresh({ at, clock }: { at: number; clock: NowSource | null }) {
  const words = (
    <>
      Next in <Countdown until={at} over="a moment" />, <Time at={at} />
      {clock && ', on the issuer’s clock'}
    </>
  )
  return clock ? <NowContext value={clock}>{words}</NowContext> : words
}
