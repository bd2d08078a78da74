import { SimpleGrid, Stack } from '@mantine/core'
import type { Status } from '../../../shared/contract/operations/status.ts'
import { useOperation } from '../../stores/hooks.ts'
import { VerdictBanner } from '../../ui/banner.tsx'
import { CopyField } from '../../ui/copy.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { PageBody, Panel } from '../../ui/panel.tsx'
import { ErrorState, LoadingRows } from '../../ui/states.tsx'
import { issuerUrls } from './urls.ts'

export function Overview() {
  const { data, error, reload } = useOperation('status.get', {})
  return (
    <>
      <PageHeader
        title="Overview"
        description="A complete OAuth 2.x and OpenID Connect issuer on your machine. Point your app at it and watch every login."
      />
      {data ? (
        <PageBody>
          <Warnings status={data} />
          <Urls issuer={data.issuer} />
        </PageBody>
      ) : error ? (
        <ErrorState title="The status could not be read" message={error.message} onRetry={reload} />
      ) : (
        <LoadingRows label="Reading the status" />
      )}
    </>
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

function Urls({ issuer }: { issuer: string }) {
  return (
    <Panel title="Issuer" description="What your app asks for in its OAuth or OpenID Connect settings.">
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="sm" verticalSpacing="xs">
        {issuerUrls(issuer).map(({ id, label, url }) => (
          <CopyField key={id} label={label} value={url} testId={`url-${id}`} />
        ))}
      </SimpleGrid>
    </Panel>
  )
}
