import { Anchor, Badge, Button, Chip, Group, Input, Select, Stack, Text } from '@mantine/core'
import { IconArrowRight, IconRefresh } from '@tabler/icons-react'
import { useState } from 'react'
import type { Client, Scope } from '../../../shared/contract/operations/clients.ts'
import type { Inspection } from '../../../shared/contract/operations/tokens.ts'
import type { User } from '../../../shared/contract/operations/users.ts'
import { DEFAULT_ISSUER } from '../../../shared/contract/values.ts'
import { useOperation, useWorkbench } from '../../stores/hooks.ts'
import { VerdictBanner } from '../../ui/banner.tsx'
import { CopyButton } from '../../ui/copy.tsx'
import { JsonView } from '../../ui/json-view.tsx'
import { Panel } from '../../ui/panel.tsx'
import { getNextToken, type NextToken } from './get-next-token.ts'
import { difference } from './scope-changes.ts'
import { TokenPreviewTabs } from './token-preview.tsx'

/** The choice that stands for a token without a user. */
const itself = '\0itself'

/** Shows what the client would get as it is now, and gets it a real token: so that one sees what a switch did. */
export function NextTokenPanel({ client, scopes }: { client: Client; scopes: Scope[] }) {
  const { client: core } = useWorkbench()
  const users = useOperation('users.list', {}).data ?? []
  const issuers = useOperation('issuers.list', {}).data ?? []
  const [askedIssuer, setAskedIssuer] = useState<string>()
  const [userId, setUserId] = useState<string | null>(null)
  const [asked, setAsked] = useState<string[]>([])
  const [tokens, setTokens] = useState<{ now: NextToken; before: NextToken | null } | null>(null)
  const [pending, setPending] = useState(false)
  const chosen = userId ?? usualUser(client, users)
  const issuer = client.issuer ?? askedIssuer

  async function get() {
    setPending(true)
    const now = await getNextToken(core, client, {
      userId: chosen === itself ? null : chosen,
      scopes: asked,
      issuer,
    })
    setTokens((last) => ({ now, before: last?.now ?? null }))
    setPending(false)
  }

  return (
    <Panel
      title="Next token"
      description="What the client would get as it is now. A real token goes into the ledger like any other."
      testId="next-token"
    >
      <Stack gap="sm">
        <Select
          label="For"
          allowDeselect={false}
          data={[
            ...users.map(({ id, username, active }) => ({
              value: id,
              label: active ? username : `${username} (inactive)`,
            })),
            { value: itself, label: 'The client itself' },
          ]}
          value={chosen}
          onChange={setUserId}
          searchable={users.length > 8}
        />
        {issuers.length > 1 && (
          <Select
            label="At"
            allowDeselect={false}
            disabled={client.issuer !== null}
            data={issuers.map(({ name }) => name)}
            value={issuer ?? DEFAULT_ISSUER}
            onChange={(name) => setAskedIssuer(name ?? undefined)}
          />
        )}
        <Input.Wrapper label="Asking for" labelElement="div" description={askedInWords(asked, client)}>
          <Chip.Group multiple value={asked} onChange={setAsked}>
            <Group gap={6} mt={6} role="group" aria-label="Scopes asked for">
              {scopes.map(({ name }) => (
                <Chip key={name} value={name} size="xs" variant="outline">
                  {name}
                </Chip>
              ))}
            </Group>
          </Chip.Group>
        </Input.Wrapper>
        <TokenPreviewTabs
          clientId={client.id}
          scopes={asked}
          {...(issuer === undefined ? {} : { issuer })}
          {...(chosen === itself ? {} : { userId: chosen })}
        />
        <Group>
          <Button
            variant="light"
            loading={pending}
            leftSection={
              tokens ? <IconRefresh size={15} aria-hidden /> : <IconArrowRight size={15} aria-hidden />
            }
            onClick={() => void get()}
          >
            {tokens ? 'Get another token' : 'Get a token'}
          </Button>
        </Group>
        {tokens && <Outcome {...tokens} client={client} />}
      </Stack>
    </Panel>
  )
}

/** A client that only acts for itself is asked to; any other gets one for the first user who may log in. */
function usualUser({ grantTypes }: Client, users: User[]): string {
  const alone = grantTypes.length > 0 && grantTypes.every((grant) => grant === 'client_credentials')
  return alone ? itself : (users.find(({ active }) => active)?.id ?? itself)
}

function askedInWords(asked: string[], { defaultScopes }: Client): string {
  if (asked.length > 0) return `scope=${asked.join(' ')}`
  return `No scope named, so it gets its default: ${defaultScopes.join(' ') || 'none'}.`
}

interface OutcomeProps {
  now: NextToken
  before: NextToken | null
  client: Client
}

function Outcome({ now, before, client }: OutcomeProps) {
  const outdated = now.of !== JSON.stringify(client)
  return (
    <Stack gap="sm" data-testid="next-token-outcome">
      {outdated && (
        <Text fz="xs" c="var(--gs-warn)" role="status">
          The client has changed since this token. Get another to see what is different.
        </Text>
      )}
      {now.refusal !== null ? (
        <VerdictBanner tone="bad" verdict="Refused" reason={now.refusal} testId="next-token-verdict" />
      ) : (
        <>
          <VerdictBanner
            tone="good"
            verdict="Granted"
            reason={now.scopes.length > 0 ? now.scopes.join(' ') : 'a token without any scope'}
            testId="next-token-verdict"
          />
          {before && before.refusal === null && <Difference before={before.scopes} after={now.scopes} />}
          <TokenContent token={now.token} />
        </>
      )}
    </Stack>
  )
}

function Difference({ before, after }: { before: string[]; after: string[] }) {
  const { gained, lost } = difference(before, after)
  if (gained.length + lost.length === 0)
    return (
      <Text fz="xs" c="dimmed">
        The same scopes as the token before.
      </Text>
    )
  return (
    <Group gap={6}>
      <Text fz="xs" c="dimmed">
        Since the token before:
      </Text>
      {gained.map((name) => (
        <Badge key={name} c="var(--gs-good)" ff="monospace">
          + {name}
        </Badge>
      ))}
      {lost.map((name) => (
        <Badge key={name} c="var(--gs-bad)" ff="monospace">
          − {name}
        </Badge>
      ))}
    </Group>
  )
}

function TokenContent({ token }: { token: string }) {
  const { data } = useOperation('tokens.inspect', { input: token })
  if (!data?.claims) return null
  return (
    <>
      <JsonView value={data.claims} label="claims" maxHeight={300} />
      <TokenLinks token={token} inspection={data} />
    </>
  )
}

function TokenLinks({ token, inspection: { row } }: { token: string; inspection: Inspection }) {
  const { navigation } = useWorkbench()
  return (
    <Group gap="sm">
      <CopyButton value={token} what="token">
        Copy token
      </CopyButton>
      {row && (
        <Anchor component="button" type="button" fz="xs" onClick={() => navigation.go('tokens', row.jti)}>
          Open it in the ledger
        </Anchor>
      )}
    </Group>
  )
}
