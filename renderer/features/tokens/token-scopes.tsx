import { Button, Checkbox, Group, Text } from '@mantine/core'
import { useState } from 'react'
import type { TokenDetail } from '../../../shared/contract/operations/tokens.ts'
import { useOperation, useWorkbench } from '../../stores/hooks.ts'
import { useAtNow } from '../../ui/now.ts'
import { Panel } from '../../ui/panel.tsx'
import { changeScopes } from './commands.ts'
import { isSigned, stateAt } from './life.ts'

/** What the token is good for; changed here where only the issuer decides that. */
export function ScopesPanel({ token }: { token: TokenDetail }) {
  const live = useAtNow((now) => stateAt(token, now) === 'active')
  if (token.kind === 'pending') return null
  return (
    <Panel title="Scopes" description={wordsOf(token, live)} testId="token-scopes">
      {isSigned(token) || !live ? <Fixed scopes={token.scopes} /> : <Editor token={token} />}
    </Panel>
  )
}

function wordsOf(token: TokenDetail, live: boolean): string {
  if (isSigned(token)) {
    return 'The scope is signed into this JWT, and APIs read it there: it cannot be changed. Change those of its refresh token and refresh, or let the client get opaque tokens.'
  }
  if (!live) return 'It has ended, so there is nothing it is good for.'
  return token.kind === 'refresh'
    ? 'Of all tokens it will give from its next refresh on. The JWT keeps its own scope claim, which only the issuer reads, and passes over.'
    : 'The token is opaque: whoever asks the issuer hears of a change at once.'
}

const Fixed = ({ scopes }: { scopes: readonly string[] }) => (
  <Text fz="sm" ff="monospace">
    {scopes.join(' ') || 'none'}
  </Text>
)

function Editor({ token: { jti, scopes } }: { token: TokenDetail }) {
  const workbench = useWorkbench()
  const known = useOperation('scopes.list', {}).data ?? []
  const [chosen, setChosen] = useState<string[]>(scopes)
  const [busy, setBusy] = useState(false)
  const names = [...new Set([...known.map(({ name }) => name), ...scopes])]
  const same = chosen.length === scopes.length && chosen.every((name) => scopes.includes(name))

  async function save() {
    setBusy(true)
    await changeScopes(
      workbench,
      jti,
      names.filter((name) => chosen.includes(name)),
    )
    setBusy(false)
  }

  return (
    <Group justify="space-between" align="flex-end" gap="sm">
      <Checkbox.Group value={chosen} onChange={setChosen} aria-label="Scopes of this token">
        <Group gap="8px 18px">
          {names.map((name) => (
            <Checkbox key={name} value={name} label={name} ff="monospace" />
          ))}
        </Group>
      </Checkbox.Group>
      <Button variant="default" disabled={same} loading={busy} onClick={() => void save()}>
        Change scopes
      </Button>
    </Group>
  )
}
