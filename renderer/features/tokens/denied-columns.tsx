import type { TokenRow } from '../../../shared/contract/operations/tokens.ts'
import { Countdown } from '../../ui/countdown.tsx'
import { formatAbsolute, formatRelative } from '../../ui/format/time.ts'
import { useAtNow } from '../../ui/now.ts'
import type { Column } from '../../ui/virtual-table.tsx'
import { kindLabels, type Marks, markColumn } from './ledger-columns.tsx'
import classes from './tokens.module.css'

/** The deny list: what is on it, why, by whom, and for how long it has to stay. */
export const deniedColumnsFor = (marks: Marks): Column<TokenRow>[] => [
  markColumn(marks),
  {
    id: 'jti',
    header: 'jti',
    width: 'minmax(110px, 1.2fr)',
    render: ({ jti }) => (
      <span className={classes.mono} title={jti}>
        {jti}
      </span>
    ),
  },
  {
    id: 'left',
    header: 'Time left',
    width: '104px',
    render: ({ expiresAt }) => <Countdown until={expiresAt} over="gone" />,
  },
  {
    id: 'reason',
    header: 'Reason',
    width: 'minmax(120px, 1.4fr)',
    render: ({ revokedReason }) => <span title={revokedReason ?? undefined}>{revokedReason}</span>,
  },
  { id: 'by', header: 'By', width: '110px', from: 470, render: ({ revokedBy }) => revokedBy },
  {
    id: 'since',
    header: 'Since',
    width: '112px',
    from: 600,
    render: ({ revokedAt }) => <SinceCell at={revokedAt!} />,
  },
  { id: 'kind', from: 720, header: 'Kind', width: '78px', render: ({ kind }) => kindLabels[kind] },
  {
    id: 'owner',
    from: 820,
    header: 'Owner',
    width: 'minmax(84px, 1fr)',
    render: ({ username, userId }) => username ?? userId ?? <span className={classes.faint}>the client</span>,
  },
]

function SinceCell({ at }: { at: number }) {
  const text = useAtNow((now) => formatRelative(at, now))
  return <span title={formatAbsolute(at)}>{text}</span>
}
