import { Button, Group, Select, Text } from '@mantine/core'
import { IconSparkles } from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import { runCommand } from '../../stores/commands.ts'
import { useOperation, useWorkbench } from '../../stores/hooks.ts'
import { CopyButton } from '../../ui/copy.tsx'
import { Panel } from '../../ui/panel.tsx'
import { sampleUser } from '../sample-user.ts'
import { CodeEditor } from './editor/code-editor.tsx'
import { firstToken, tokenColours } from './editor/token-colours.ts'
import { useLab } from './use-lab.ts'

const longest = 1_000_000

/** Where a token is pasted, as it was found; its parts take their colours at once. */
export function TokenPanel() {
  const { lab } = useWorkbench()
  const text = useLab((state) => state.text)
  const token = useLab((state) => state.decoded?.token ?? null)
  const [tooLong, setTooLong] = useState(false)
  const extensions = useMemo(
    () => tokenColours((shown) => (shown === text ? (token ?? '') : firstToken(shown))),
    [text, token],
  )

  function take(next: string, remember: boolean) {
    setTooLong(next.length > longest)
    if (next.length <= longest) lab.setText(next, remember)
  }

  return (
    <Panel
      title="Token"
      description="Paste it as you found it: a header, JSON, a URL, a cookie, a HAR file. Keys go to “Verify with”."
      actions={token !== null && <CopyButton value={token} what="token" />}
    >
      <CodeEditor
        label="Token"
        value={text}
        placeholder="eyJhbGciOi…"
        extensions={extensions}
        breaksAnywhere
        minHeight={132}
        maxHeight="min(320px, 34vh)"
        onChange={(next) => take(next, false)}
        onPaste={(next) => take(next, true)}
        testId="lab-token"
      />
      {tooLong && (
        <Text fz="xs" c="var(--gs-bad)" role="alert" mt={4}>
          At most a million characters can be looked at.
        </Text>
      )}
      <FoundPicker />
      {text === '' && <Sample />}
    </Panel>
  )
}

/** Which of several tokens is looked at. */
function FoundPicker() {
  const { lab } = useWorkbench()
  const tokens = useLab((state) => state.paste.tokens)
  const chosen = useLab((state) => state.chosen)
  if (tokens.length < 2) return tokens[0]?.place ? <Found place={tokens[0].place} /> : null
  return (
    <Select
      mt="sm"
      label={`${tokens.length} tokens found`}
      allowDeselect={false}
      value={String(chosen)}
      data={tokens.map(({ place, token }, index) => ({
        value: String(index),
        label: `${index + 1}. ${place || `${token.slice(0, 24)}…`}`,
      }))}
      onChange={(index) => lab.choose(Number(index))}
    />
  )
}

const Found = ({ place }: { place: string }) => (
  <Text fz="xs" c="dimmed" mt={6}>
    Found in {place}.
  </Text>
)

function Sample() {
  const { client, report, lab } = useWorkbench()
  const user = sampleUser(useOperation('users.list', {}).data ?? [])
  async function issue() {
    const known = await client.call('scopes.list', {}).catch(() => [])
    const result = await runCommand(client, report, 'tokens.issue', {
      ...(user ? { userId: user.id } : {}),
      scopes: ['openid', 'read'].filter((name) => known.some((scope) => scope.name === name)),
    })
    if (result.ok) lab.setText(result.value.access_token, true)
  }
  return (
    <Group gap="xs" mt="sm">
      <Button
        variant="default"
        leftSection={<IconSparkles size={15} aria-hidden />}
        onClick={() => void issue()}
      >
        {user ? `Try it with a token of ${user.username}` : 'Try it with a token'}
      </Button>
    </Group>
  )
}
