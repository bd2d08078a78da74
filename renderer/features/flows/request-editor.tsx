import { Button, Group, SegmentedControl, Select, Text, Textarea, TextInput } from '@mantine/core'
import { IconArrowBackUp } from '@tabler/icons-react'
import { useState } from 'react'
import type { FlowRequest, FlowStep } from '../../../shared/contract/operations/flows.ts'
import { type Edits, useEdits } from '../../stores/edits.ts'
import { VerdictBanner } from '../../ui/banner.tsx'
import { Part } from '../../ui/exchange/message-view.tsx'
import { PairsEditor } from './pairs-editor.tsx'
import { bodyForm, draftName } from './request-draft.ts'
import { formatPairs, formatUrl, type Pair, parsePairs, parseUrl } from './request-pairs.ts'
import classes from './steps.module.css'

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS']

interface RequestEditorProps {
  runId: string
  step: FlowStep
  /** Takes back every change to the request. */
  onRestore: () => void
}

/** The request as it would be sent now; every part of it can be changed, and goes out as it stands here. */
export function RequestEditor({ runId, step, onRestore }: RequestEditorProps) {
  const { prepared, missing, problem } = step
  if (prepared === null)
    return (
      <Text fz="sm" c="dimmed">
        {problem ??
          (missing.length > 0
            ? `It can be made once an earlier step has given ${missing.join(', ')}.`
            : 'Nothing is sent by this step itself.')}
      </Text>
    )
  return <Editor runId={runId} step={step} prepared={prepared} onRestore={onRestore} />
}

function Editor({ runId, step, prepared, onRestore }: RequestEditorProps & { prepared: FlowRequest }) {
  const edits = useEdits<FlowRequest>(draftName(runId, step.index), prepared)
  const changed = step.edited || edits.dirty
  return (
    <>
      {step.problem !== null && <VerdictBanner tone="warn" verdict="Cannot be made" reason={step.problem} />}
      {changed && (
        <VerdictBanner
          tone="info"
          verdict="Changed by hand"
          reason="It is sent as it stands here."
          actions={
            <Button
              size="xs"
              variant="default"
              leftSection={<IconArrowBackUp size={14} aria-hidden />}
              onClick={onRestore}
            >
              Restore the original
            </Button>
          }
          testId="flow-edited"
        />
      )}
      <UrlPart edits={edits} original={step.original ?? prepared} />
      <BodyPart edits={edits} original={step.original ?? prepared} />
      <HeadersPart edits={edits} original={step.original ?? prepared} />
    </>
  )
}

interface PartProps {
  edits: Edits<FlowRequest>
  /** The request as it was made, before anything was changed by hand. */
  original: FlowRequest
}

type View = 'table' | 'raw'

function ViewChoice({ of, value, onChange }: { of: string; value: View; onChange: (view: View) => void }) {
  return (
    <SegmentedControl
      aria-label={`How to edit the ${of}`}
      value={value}
      onChange={onChange}
      data={[
        { value: 'table', label: 'Table' },
        { value: 'raw', label: 'Raw' },
      ]}
    />
  )
}

function UrlPart({ edits: { value, set }, original }: PartProps) {
  const [view, setView] = useState<View>('table')
  const parts = parseUrl(value.url)
  const known = methods.includes(value.method) ? methods : [value.method, ...methods]
  return (
    <Part title="URL" actions={<ViewChoice of="URL" value={view} onChange={setView} />}>
      <Group gap="xs" align="flex-start" wrap="nowrap">
        <Select
          aria-label="Method"
          w={96}
          allowDeselect={false}
          data={known}
          value={value.method}
          onChange={(method) => method && set('method', method)}
        />
        {view === 'table' ? (
          <TextInput
            aria-label="Endpoint"
            flex={1}
            classNames={{ input: classes.mono! }}
            spellCheck={false}
            value={parts.base}
            onChange={(event) => set('url', formatUrl({ ...parts, base: event.currentTarget.value }))}
          />
        ) : (
          <Textarea
            aria-label="URL"
            flex={1}
            classNames={{ input: classes.mono! }}
            autosize
            maxRows={10}
            spellCheck={false}
            value={value.url}
            onChange={(event) => set('url', event.currentTarget.value)}
          />
        )}
      </Group>
      {view === 'table' && (
        <PairsEditor
          label="Query parameters"
          noun="parameter"
          pairs={parts.pairs}
          original={parseUrl(original.url).pairs}
          onChange={(pairs) => set('url', formatUrl({ ...parts, pairs }))}
        />
      )}
    </Part>
  )
}

function BodyPart({ edits: { value, set }, original }: PartProps) {
  const [view, setView] = useState<View>('table')
  const form = bodyForm(value)
  if (form === 'none' && value.method === 'GET') return null
  return (
    <Part
      title="Body"
      note={form === 'json' ? 'JSON' : undefined}
      actions={form === 'form' && <ViewChoice of="body" value={view} onChange={setView} />}
    >
      {form === 'form' && view === 'table' ? (
        <PairsEditor
          label="Body parameters"
          noun="parameter"
          pairs={parsePairs(value.body)}
          original={parsePairs(original.body)}
          onChange={(pairs) => set('body', formatPairs(pairs))}
        />
      ) : (
        <Textarea
          aria-label="Body"
          classNames={{ input: classes.mono! }}
          autosize
          minRows={2}
          maxRows={14}
          spellCheck={false}
          value={value.body}
          error={form === 'json' ? jsonProblem(value.body) : undefined}
          onChange={(event) => set('body', event.currentTarget.value)}
        />
      )}
    </Part>
  )
}

/** It may be sent all the same. */
function jsonProblem(text: string): string | undefined {
  try {
    JSON.parse(text)
    return undefined
  } catch (error) {
    return `Not JSON: ${error instanceof Error ? error.message : String(error)}`
  }
}

const toPairs = (headers: FlowRequest['headers']): Pair[] =>
  headers.map(([name, value]) => ({ name, value, raw: null }))

const HeadersPart = ({ edits: { value, set }, original }: PartProps) => (
  <Part title="Headers">
    <PairsEditor
      label="Request headers"
      noun="header"
      pairs={toPairs(value.headers)}
      original={toPairs(original.headers)}
      onChange={(pairs) =>
        set(
          'headers',
          pairs.map(({ name, value: text }) => [name, text]),
        )
      }
    />
  </Part>
)
