import { Select, SimpleGrid, Stack, Text } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import type { Status } from '../../../shared/contract/operations/status.ts'
import { defaultSettings } from '../../../shared/contract/settings.ts'
import { DEFAULT_ISSUER } from '../../../shared/contract/values.ts'
import { useOperation } from '../../stores/hooks.ts'
import { VerdictBanner } from '../../ui/banner.tsx'
import { CopyField } from '../../ui/copy.tsx'
import { formatAbsolute } from '../../ui/format/time.ts'
import { PageHeader } from '../../ui/page-header.tsx'
import { PageBody, Panel } from '../../ui/panel.tsx'
import { ErrorState, LoadingRows } from '../../ui/states.tsx'
import { ConnectPanel } from './connect-panel.tsx'
import { DemoClientsPanel, DemoUsersPanel } from './demo-panels.tsx'
import classes from './overview.module.css'
import { RecentPanel } from './recent-panel.tsx'
import { SampleAppPanel } from './sample-app-panel.tsx'
import { TourPanel } from './tour-panel.tsx'
import { issuerUrls } from './urls.ts'

export function Overview() {
  const { data, error, reload } = useOperation('status.get', {})
  return (
    <>
      <PageHeader
        title="Overview"
        description="An OAuth 2.x and OpenID Connect issuer on your machine: point your app at it and watch every login."
      />
      {data ? (
        <Loaded status={data} />
      ) : error ? (
        <ErrorState title="The status could not be read" message={error.message} onRetry={reload} />
      ) : (
        <LoadingRows label="Reading the status" />
      )}
    </>
  )
}

function Loaded({ status }: { status: Status }) {
  const { data: issuers = [] } = useOperation('issuers.list', {})
  const [name, setName] = useState(DEFAULT_ISSUER)
  const chosen = issuers.find((issuer) => issuer.name === name)
  const url = chosen?.url ?? status.issuer
  return (
    <PageBody>
      <Warnings status={status} />
      <TourPanel />
      <div className={classes.columns}>
        <Stack gap="md" miw={0}>
          <UrlsPanel
            url={url}
            choice={
              issuers.length > 1 && (
                <Select
                  aria-label="Issuer to connect to"
                  w={170}
                  allowDeselect={false}
                  data={issuers.map((issuer) => issuer.name)}
                  value={chosen ? name : DEFAULT_ISSUER}
                  onChange={(next) => next && setName(next)}
                />
              )
            }
          />
          <ConnectPanel issuer={url} alg={(chosen?.effective ?? defaultSettings).signingAlg} />
          <StatusPanel status={status} />
        </Stack>
        <Stack gap="md" miw={0}>
          <SampleAppPanel url={status.sampleApp} />
          <RecentPanel issuer={status.issuer} />
          <DemoUsersPanel />
          <DemoClientsPanel />
        </Stack>
      </div>
    </PageBody>
  )
}

function Warnings({ status }: { status: Status }) {
  if (status.warnings.length === 0) return null
  return (
    <Stack gap="xs">
      {status.warnings.map((warning) => (
        <VerdictBanner key={warning} tone="warn" verdict="Take care" reason={warning} />
      ))}
    </Stack>
  )
}

function UrlsPanel({ url: issuer, choice }: { url: string; choice: ReactNode }) {
  return (
    <Panel
      title="Issuer"
      description="What your app asks for in its OAuth or OpenID Connect settings."
      actions={choice}
    >
      <Stack gap="xs">
        {issuerUrls(issuer).map(({ id, label, url }) => (
          <CopyField key={id} label={label} value={url} testId={`url-${id}`} />
        ))}
      </Stack>
    </Panel>
  )
}

const hosts: Record<Status['host'], string> = {
  desktop: 'Desktop window',
  cli: 'grantscope serve',
  embedded: 'Embedded in a program',
}

function StatusPanel({ status }: { status: Status }) {
  const { counts } = status
  const facts = [
    ['Version', `${status.version} on ${status.runtime}`],
    ['Runs in', hosts[status.host]],
    ['Control API', status.control ?? 'Off'],
    ['Database', status.database === ':memory:' ? 'In memory: forgotten when it stops' : status.database],
    ['Running since', formatAbsolute(status.startedAt)],
  ]
  return (
    <Panel title="This Grantscope">
      <SimpleGrid cols={4} spacing="xs" mb="sm">
        <Count value={counts.users} noun="user" />
        <Count value={counts.clients} noun="client" />
        <Count value={counts.activeTokens} noun="active token" />
        <Count value={counts.exchanges} noun="exchange" />
      </SimpleGrid>
      <dl className={classes.facts}>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </Panel>
  )
}

function Count({ value, noun }: { value: number; noun: string }) {
  return (
    <div>
      <Text fz="lg" fw={620} className={classes.count}>
        {value.toLocaleString('en')}
      </Text>
      <Text fz="xs" c="dimmed">
        {value === 1 ? noun : `${noun}s`}
      </Text>
    </div>
  )
}
