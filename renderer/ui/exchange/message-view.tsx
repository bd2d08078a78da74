import { SegmentedControl, Stack, Table, Text, Title } from '@mantine/core'
import { type ReactNode, useMemo, useState } from 'react'
import type { Message } from '../../../shared/contract/operations/traces.ts'
import { type BodyContent, type FormPair, formPairs, hexDump, readBody } from '../../../shared/flow/body.ts'
import { sizeWords } from '../../../shared/flow/words.ts'
import { VerdictBanner } from '../banner.tsx'
import { CopyButton } from '../copy.tsx'
import { CodeView, JsonView } from '../json-view.tsx'
import classes from './exchange.module.css'

/** Method and URL of a request, with its query taken apart. */
export function RequestLine({ method, url }: { method: string; url: string }) {
  const query = /\?([^#]*)/.exec(url)?.[1] ?? ''
  return (
    <Part title="URL">
      <Stack gap="xs">
        <CodeView text={`${method} ${url}`} label="request line" maxHeight={120} />
        {query !== '' && <PairTable label="Query parameters" pairs={formPairs(query)} />}
      </Stack>
    </Part>
  )
}

/** Headers and body of one side of an exchange. */
export function MessageView({ message, side }: { message: Message; side: 'request' | 'response' }) {
  return (
    <>
      <Body message={message} label={`${side} body`} />
      <Part title="Headers" note={message.headers.length === 0 ? 'none' : undefined}>
        {message.headers.length > 0 && (
          <PairTable
            label={`${side} headers`}
            pairs={message.headers.map(([name, value]) => ({ name, value, problem: null }))}
          />
        )}
      </Part>
    </>
  )
}

interface PartProps {
  title: string
  note?: ReactNode
  actions?: ReactNode
  children?: ReactNode
}

export function Part({ title, note, actions, children }: PartProps) {
  return (
    <section className={classes.part}>
      <div className={classes.partHead}>
        <Title order={3}>{title}</Title>
        {note && (
          <Text fz="xs" c="dimmed" className={classes.partNote}>
            {note}
          </Text>
        )}
        {actions}
      </div>
      {children}
    </section>
  )
}

function Body({ message, label }: { message: Message; label: string }) {
  const [raw, setRaw] = useState(false)
  const { content, mediaType, kept, cut, problem } = useMemo(() => readBody(message), [message])
  const decoded = content.kind === 'form' || content.kind === 'json'
  const facts = [content.kind !== 'none' && (mediaType ?? 'no Content-Type'), sizeWords(message.bytes)]
  return (
    <Part
      title="Body"
      note={message.bytes === 0 ? 'none' : facts.filter(Boolean).join(' · ')}
      actions={
        decoded && (
          <SegmentedControl
            aria-label={`How to show the ${label}`}
            value={raw ? 'raw' : 'decoded'}
            onChange={(value) => setRaw(value === 'raw')}
            data={[
              { value: 'decoded', label: content.kind === 'form' ? 'Decoded' : 'Pretty' },
              { value: 'raw', label: 'Raw' },
            ]}
          />
        )
      }
    >
      <Stack gap="xs">
        {cut && (
          <VerdictBanner
            tone="warn"
            verdict="Cut"
            reason={`Only the first ${sizeWords(kept)} of ${sizeWords(message.bytes)} were kept.`}
          />
        )}
        {problem && <VerdictBanner tone="warn" verdict="Not what its Content-Type says" reason={problem} />}
        <Content content={content} body={message.body} raw={raw} label={label} />
      </Stack>
    </Part>
  )
}

interface ContentProps {
  content: BodyContent
  body: string
  raw: boolean
  label: string
}

function Content({ content, body, raw, label }: ContentProps) {
  if (content.kind === 'none') return null
  if (content.kind === 'binary') return <Binary bytes={content.bytes} base64={body} label={label} />
  if (content.kind === 'form' && !raw) return <PairTable label={label} pairs={content.pairs} />
  if (content.kind === 'json' && !raw) return <JsonView value={content.value} label={label} maxHeight={460} />
  return <CodeView text={body} label={label} maxHeight={460} />
}

function Binary({ bytes, base64, label }: { bytes: Uint8Array; base64: string; label: string }) {
  const shown = Math.min(bytes.length, 256)
  return (
    <Stack gap={6}>
      <CodeView text={hexDump(bytes)} label={`${label}, hex`} maxHeight={320} />
      <div className={classes.partHead}>
        <Text fz="xs" c="dimmed" className={classes.partNote}>
          Not UTF-8 text: {sizeWords(shown)} of {sizeWords(bytes.length)} shown as hex.
        </Text>
        <CopyButton what={`${label} as base64`} value={base64}>
          Copy as base64
        </CopyButton>
      </div>
    </Stack>
  )
}

function PairTable({ label, pairs }: { label: string; pairs: readonly FormPair[] }) {
  return (
    <div className={classes.tableFrame}>
      <Table verticalSpacing={4} horizontalSpacing={10} className={classes.pairs} aria-label={label}>
        <Table.Tbody>
          {pairs.map(({ name, value, problem }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: names may come twice, and the pairs of one message never move
            <Table.Tr key={index}>
              <Table.Th scope="row">{name}</Table.Th>
              <Table.Td>
                {value === '' ? (
                  <Text component="span" inherit c="dimmed" fs="italic">
                    empty
                  </Text>
                ) : (
                  <div className={classes.pairValue}>{value}</div>
                )}
                {problem && (
                  <Text fz="xs" c="var(--gs-warn)">
                    {problem}
                  </Text>
                )}
              </Table.Td>
              <Table.Td className={classes.pairCopy}>
                {value !== '' && <CopyButton value={value} what={name} />}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  )
}
