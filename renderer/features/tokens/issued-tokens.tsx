import { Button, Group, Stack, Tabs, Text } from '@mantine/core'
import type { tokenResponse } from '../../../shared/contract/operations/tokens.ts'
import { useOperation, useWorkbench } from '../../stores/hooks.ts'
import { VerdictBanner } from '../../ui/banner.tsx'
import { CopyButton } from '../../ui/copy.tsx'
import { formatDuration } from '../../ui/format/time.ts'
import { JwtView } from '../../ui/jwt-view.tsx'
import { PrimaryButton } from '../../ui/primary-button.tsx'
import { ErrorState, LoadingRows } from '../../ui/states.tsx'
import classes from './tokens.module.css'

interface IssuedTokensProps {
  issued: ReturnType<typeof tokenResponse.parse>
  onAnother: () => void
  onClose: () => void
}

/** New tokens: the only time they can be seen, as the ledger keeps no more than their hash. */
export function IssuedTokens({ issued, onAnother, onClose }: IssuedTokensProps) {
  const { navigation } = useWorkbench()
  const access = useOperation('tokens.inspect', { input: issued.access_token })
  const jti = access.data?.row?.jti
  const scope = issued.scope ? `scope ${issued.scope}` : 'no scope'
  return (
    <Stack gap="md" data-testid="issued-tokens">
      <VerdictBanner
        tone="good"
        verdict="Issued"
        reason={`${scope}, for ${formatDuration(issued.expires_in)}. Copy it now: only its hash is kept.`}
        actions={
          <CopyButton value={issued.access_token} what="access token">
            Copy access token
          </CopyButton>
        }
      />
      <Tabs defaultValue="access">
        <Tabs.List mb="sm">
          <Tabs.Tab value="access">Access token</Tabs.Tab>
          {issued.refresh_token && <Tabs.Tab value="refresh">Refresh token</Tabs.Tab>}
        </Tabs.List>
        <Tabs.Panel value="access">
          <Stack gap="md">
            <Decoded token={issued.access_token} />
            <TryIt token={issued.access_token} />
          </Stack>
        </Tabs.Panel>
        {issued.refresh_token && (
          <Tabs.Panel value="refresh">
            <Decoded token={issued.refresh_token} />
          </Tabs.Panel>
        )}
      </Tabs>
      <Group justify="flex-end" gap="xs" className={classes.footer}>
        <Button variant="default" onClick={onClose}>
          Close
        </Button>
        <Button variant="default" onClick={onAnother}>
          Issue another
        </Button>
        <PrimaryButton disabled={!jti} onClick={() => jti && navigation.go('tokens', jti)}>
          Show in ledger
        </PrimaryButton>
      </Group>
    </Stack>
  )
}

function Decoded({ token }: { token: string }) {
  const { data, error, reload } = useOperation('tokens.inspect', { input: token })
  if (data) return <JwtView token={data.token} header={data.header} claims={data.claims} />
  if (error) return <ErrorState title="It could not be decoded" message={error.message} onRetry={reload} />
  return <LoadingRows label="Decoding" />
}

function TryIt({ token }: { token: string }) {
  const { data } = useOperation('status.get', {})
  if (!data) return null
  const curl = `curl -H 'Authorization: Bearer ${token}' ${data.issuer}/me`
  return (
    <Group gap="sm">
      <Text fz="sm" c="dimmed">
        Try it at the sample API:
      </Text>
      <CopyButton value={curl} what="cURL command">
        Copy cURL for /me
      </CopyButton>
    </Group>
  )
}
