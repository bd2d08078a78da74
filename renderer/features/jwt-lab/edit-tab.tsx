import { Button, Group, Menu, Text } from '@mantine/core'
import { IconArrowBackUp, IconChevronDown, IconClock, IconSignature } from '@tabler/icons-react'
import { useLayoutEffect, useMemo, useRef } from 'react'
import { parseObject } from '../../../shared/protocol/jose.ts'
import { useCommand, useOperation, useWorkbench } from '../../stores/hooks.ts'
import { compactJson } from '../../stores/lab-draft.ts'
import { notifyDone } from '../../ui/notify.tsx'
import { PrimaryButton } from '../../ui/primary-button.tsx'
import { Changes } from './changes.tsx'
import { CodeEditor } from './editor/code-editor.tsx'
import type { Known } from './editor/completion.ts'
import { jsonLanguage } from './editor/json-language.ts'
import classes from './lab.module.css'
import { SignWith } from './sign-with.tsx'
import { timeHelpers, withTime } from './time-helpers.ts'
import { useLab, useSigningKey, useSigningKeys } from './use-lab.ts'

/** Header and payload as JSON, what was changed, and a signature only when it is asked for. */
export function EditTab() {
  const { lab } = useWorkbench()
  const draft = useLab((state) => state.draft)
  const original = useLab((state) => state.original)
  const known = useKnown()
  const [header, payload] = useMemo(
    () => [jsonLanguage('header', known), jsonLanguage('claims', known)] as const,
    [known],
  )
  const changed = draft.header !== original.header || draft.payload !== original.payload
  return (
    <div className={classes.stack}>
      <section>
        <Group justify="space-between">
          <h3 className={classes.partTitle} data-part="header">
            <span className={classes.swatch} aria-hidden />
            Header
          </h3>
        </Group>
        <CodeEditor
          label="Header, as JSON"
          value={draft.header}
          placeholder='{ "alg": "ES256" }'
          extensions={header}
          minHeight={84}
          maxHeight={220}
          onChange={(text) => lab.setDraft({ header: text })}
          testId="lab-header"
        />
        <Problem text={draft.header} what="The header" />
      </section>
      <section>
        <Group justify="space-between" mb={4}>
          <h3 className={classes.partTitle} data-part="payload">
            <span className={classes.swatch} aria-hidden />
            Payload
          </h3>
          <TimeMenu />
        </Group>
        <CodeEditor
          label="Payload, as JSON"
          value={draft.payload}
          placeholder='{ "sub": "alice" }'
          extensions={payload}
          minHeight={150}
          maxHeight={420}
          onChange={(text) => lab.setDraft({ payload: text })}
          testId="lab-payload"
        />
        <Problem text={draft.payload} what="The payload" />
      </section>
      <SignWith />
      {changed && <Changes before={original} after={draft} />}
      <Actions changed={changed} />
    </div>
  )
}

/** A wrong text can be signed all the same: that is what the lab is for. */
function Problem({ text, what }: { text: string; what: string }) {
  if (text.trim() === '' || parseObject(text)) return null
  return (
    <Text fz="xs" c="var(--gs-warn)" role="status" mt={4}>
      {what} is no JSON object{what === 'The payload' ? '; it is signed as it stands.' : '.'}
    </Text>
  )
}

function TimeMenu() {
  const { lab, clock } = useWorkbench()
  return (
    <Menu position="bottom-end" withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <Button
          variant="default"
          size="xs"
          leftSection={<IconClock size={14} aria-hidden />}
          rightSection={<IconChevronDown size={14} aria-hidden />}
        >
          Times
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {timeHelpers.map((helper) => (
          <Menu.Item
            key={helper.label}
            onClick={() => {
              const { payload } = lab.store.getState().draft
              const next = withTime(payload, helper, clock.now())
              if (next !== null) lab.setDraft({ payload: next })
            }}
          >
            {helper.label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}

function Actions({ changed }: { changed: boolean }) {
  const { lab } = useWorkbench()
  const draft = useLab((state) => state.draft)
  const original = useLab((state) => state.original)
  const { key } = useSigningKey()
  const { run, pending, error } = useCommand('lab.sign', { quiet: true })

  async function sign() {
    if (!key) return
    const result = await run({ header: compactJson(draft.header), payload: compactJson(draft.payload), key })
    if (!result.ok) return
    lab.setText(result.value.token, true)
    notifyDone('Signed: the new token is on the left')
  }

  return (
    <div className={classes.actions}>
      {error && (
        <Text fz="sm" c="var(--gs-bad)" role="alert" mb={6}>
          {error.message}
        </Text>
      )}
      <Group gap="xs">
        <PrimaryButton
          leftSection={<IconSignature size={15} aria-hidden />}
          loading={pending}
          disabled={!key || draft.header.trim() === ''}
          onClick={() => void sign()}
        >
          {key?.kind === 'none' ? 'Make it without a signature' : 'Sign'}
        </PrimaryButton>
        <Button
          variant="default"
          leftSection={<IconArrowBackUp size={15} aria-hidden />}
          disabled={!changed}
          onClick={() => lab.setDraft(original)}
        >
          Back to the original
        </Button>
        {changed && (
          <Text fz="xs" c="var(--gs-warn)">
            Unsigned changes
          </Text>
        )}
      </Group>
    </div>
  )
}

/** What completion may offer; read when it is needed, so that the editors are not made anew. */
function useKnown(): () => Known {
  const { clock } = useWorkbench()
  const { data: status } = useOperation('status.get', {})
  const { data: users = [] } = useOperation('users.list', {})
  const { data: clients = [] } = useOperation('clients.list', {})
  const { data: scopes = [] } = useOperation('scopes.list', {})
  const keys = useSigningKeys()
  const latest = useRef<Omit<Known, 'now'>>({
    issuers: [],
    users: [],
    clients: [],
    scopes: [],
    kids: [],
    algorithms: [],
  })
  useLayoutEffect(() => {
    latest.current = {
      issuers: status ? [status.issuer] : [],
      users: users.map(({ id }) => id),
      clients: clients.map(({ id }) => id),
      scopes: scopes.map(({ name }) => name),
      kids: keys.map(({ kid }) => kid),
      algorithms: ['RS256', 'PS256', 'ES256', 'EdDSA', 'HS256'],
    }
  })
  return useMemo(() => () => ({ ...latest.current, now: Math.floor(clock.now() / 1000) }), [clock])
}
