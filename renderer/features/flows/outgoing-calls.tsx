import { IconWorldUpload } from '@tabler/icons-react'
import type { OutboundCall } from '../../../shared/contract/operations/lab.ts'
import { durationWords } from '../../../shared/flow/words.ts'
import { useOperation } from '../../stores/hooks.ts'
import { VerdictBanner } from '../../ui/banner.tsx'
import { StateBadge, StatusCode } from '../../ui/state-badge.tsx'
import { EmptyState, ErrorState, LoadingRows } from '../../ui/states.tsx'
import { Time } from '../../ui/time.tsx'
import { type Column, VirtualTable } from '../../ui/virtual-table.tsx'
import classes from './flows.module.css'

const READ = 200

const purposes = {
  keys: 'Keys for the JWT lab',
  send: 'Token sent by the JWT lab',
  flow: 'Flow',
} as const satisfies Record<OutboundCall['purpose'], string>

/** Every request that left from here, with the machines that are not this one named. */
export function OutgoingCalls() {
  const { data, error, reload } = useOperation('lab.outbound', { limit: READ })
  if (!data)
    return error ? (
      <ErrorState title="The calls could not be read" message={error.message} onRetry={reload} />
    ) : (
      <LoadingRows label="Reading outgoing calls" />
    )
  const outside = data.filter(({ loopback }) => !loopback).length
  return (
    <>
      {data.length > 0 && (
        <div className={classes.tools}>
          <VerdictBanner
            tone={outside > 0 ? 'warn' : 'good'}
            verdict={
              outside > 0
                ? `${outside} of the last ${data.length} left this machine`
                : 'Nothing has left this machine'
            }
            reason="Query and fragment of an address are not kept: they may hold secrets."
          />
        </div>
      )}
      <VirtualTable
        label="Outgoing calls"
        columns={columns}
        rowCount={data.length}
        rowAt={(index) => data[index]}
        rowId={({ id }) => String(id)}
        empty={
          <EmptyState icon={<IconWorldUpload size={22} />} title="Nothing was called yet">
            Each request of a flow or of the JWT lab is noted here, wherever it goes.
          </EmptyState>
        }
      />
    </>
  )
}

const columns: Column<OutboundCall>[] = [
  { id: 'at', header: 'When', width: '110px', render: ({ at }) => <Time at={at} form="short" /> },
  {
    id: 'url',
    header: 'Request',
    width: 'minmax(200px, 2fr)',
    render: ({ method, url }) => (
      <span className={classes.mono} title={url}>
        {method} {url}
      </span>
    ),
  },
  {
    id: 'where',
    header: 'Where',
    width: '130px',
    render: ({ loopback }) =>
      loopback ? 'This machine' : <StateBadge state="warned" label="Another machine" />,
  },
  { id: 'purpose', from: 620, header: 'For', width: '170px', render: ({ purpose }) => purposes[purpose] },
  {
    id: 'status',
    header: 'Status',
    width: '90px',
    render: ({ status }) => (status === null ? 'no answer' : <StatusCode status={status} />),
  },
  {
    id: 'took',
    from: 520,
    header: 'Took',
    width: '76px',
    align: 'end',
    render: ({ durationMs }) => durationWords(durationMs),
  },
]
