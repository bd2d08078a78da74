import { List, Table, Tabs, Text } from '@mantine/core'
import type { LayeredClaims, TokenPreview } from '../../../shared/contract/operations/tokens.ts'
import { useOperation } from '../../stores/hooks.ts'
import { claimMeaning, claimText, claimTime } from '../../ui/format/claims.ts'
import { Time } from '../../ui/time.tsx'
import classes from './clients.module.css'

export interface PreviewRequest {
  clientId: string
  /** Left out, the default one. */
  issuer?: string
  /** Left out when the client acts for itself. */
  userId?: string
  scopes: string[]
}

const parts = [
  ['accessToken', 'Access token'],
  ['idToken', 'ID token'],
  ['userinfo', 'Userinfo'],
] as const satisfies readonly (readonly [keyof TokenPreview, string])[]

/** What a login would give right now, each claim with the layer it comes from. It follows every change. */
export function TokenPreviewTabs(request: PreviewRequest) {
  const { data, error } = useOperation('tokens.preview', request, { keepPrevious: true })
  if (error && !data)
    return (
      <Text fz="xs" c="dimmed" role="status">
        {error.message}
      </Text>
    )
  if (!data) return null
  return (
    <div data-testid="token-preview">
      {data.refusal === null ? (
        <Tabs defaultValue="accessToken" keepMounted={false}>
          <Tabs.List aria-label="What it would get">
            {parts.map(([part, title]) => (
              <Tabs.Tab key={part} value={part} disabled={data[part] === null} fz="xs">
                {title}
              </Tabs.Tab>
            ))}
          </Tabs.List>
          {parts.map(([part, title]) => (
            <Tabs.Panel key={part} value={part} pt={6}>
              {data[part] && <Claims part={data[part]} title={title} />}
            </Tabs.Panel>
          ))}
        </Tabs>
      ) : (
        <Text fz="xs" c="var(--gs-bad)" role="status">
          There would be no token: {data.refusal}
        </Text>
      )}
      <Warnings warnings={data.warnings} />
    </div>
  )
}

function Claims({ part: { claims, removed }, title }: { part: LayeredClaims; title: string }) {
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
      <section className={classes.preview} aria-label={`Claims of the ${title}`} tabIndex={0}>
        <Table verticalSpacing={3} horizontalSpacing={6} fz="xs">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Claim</Table.Th>
              <Table.Th>Value</Table.Th>
              <Table.Th>From</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {claims.map((claim) => (
              <ClaimRow key={claim.name} {...claim} />
            ))}
          </Table.Tbody>
        </Table>
      </section>
      {removed.map(({ name, layer }) => (
        <Text key={name} fz="xs" c="dimmed">
          {name}: taken away by the {layer}
        </Text>
      ))}
    </>
  )
}

function ClaimRow({ name, value, layer, overrides }: LayeredClaims['claims'][number]) {
  const at = claimTime(name, value)
  return (
    <Table.Tr>
      <Table.Td ff="monospace" title={claimMeaning(name) ?? undefined}>
        {name}
      </Table.Td>
      <Table.Td ff="monospace" className={classes.previewValue}>
        {claimText(value)}
        {at !== null && (
          <Text fz="xs" c="dimmed" ff="text">
            <Time at={at} form="short" />
          </Text>
        )}
      </Table.Td>
      <Table.Td className={classes.layer}>
        {layer}
        {overrides.length > 0 && (
          <Text component="span" fz="xs" c="dimmed">
            , over {overrides.join(', ')}
          </Text>
        )}
      </Table.Td>
    </Table.Tr>
  )
}

function Warnings({ warnings }: { warnings: readonly string[] }) {
  if (warnings.length === 0) return null
  return (
    <List fz="xs" mt={6} c="var(--gs-warn)" aria-label="What to know about it">
      {warnings.map((warning) => (
        <List.Item key={warning}>{warning}</List.Item>
      ))}
    </List>
  )
}
