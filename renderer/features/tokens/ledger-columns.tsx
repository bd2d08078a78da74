import type { TokenKind, TokenRow } from '../../../shared/contract/operations/tokens.ts'
import { formatAbsolute, formatRelative } from '../../ui/format/time.ts'
import { useAtNow } from '../../ui/now.ts'
import { StateBadge } from '../../ui/state-badge.tsx'
import type { Column } from '../../ui/virtual-table.tsx'
import { remainingLife, stateAt } from './life.ts'
import classes from './tokens.module.css'

export const kindLabels: Readonly<Record<TokenKind, string>> = {
  access: 'Access',
  refresh: 'Refresh',
  pending: 'Pending',
}

export interface Marks {
  isMarked: (jti: string) => boolean
  mark: (index: number, token: TokenRow, range: boolean) => void
}

export const markColumn = ({ isMarked, mark }: Marks): Column<TokenRow> => ({
  id: 'mark',
  header: <span className={classes.srOnly}>Selected</span>,
  width: '38px',
  render: (token, index) => (
    <input
      type="checkbox"
      // The grid is one stop of the Tab key; Space marks its current row.
      tabIndex={-1}
      className={classes.mark}
      aria-label={`Select ${token.jti}`}
      checked={isMarked(token.jti)}
      onChange={() => {}}
      onClick={(event) => mark(index, token, event.shiftKey)}
    />
  ),
})

/** State and life renew by themselves, cell by cell, when what they say changes. */
export const columnsFor = (marks: Marks): Column<TokenRow>[] => [
  markColumn(marks),
  { id: 'state', header: 'State', width: '114px', render: (token) => <StateCell token={token} /> },
  { id: 'kind', header: 'Kind', width: '78px', render: ({ kind }) => kindLabels[kind] },
  {
    id: 'owner',
    header: 'Owner',
    width: 'minmax(84px, 1fr)',
    render: ({ username, userId }) => username ?? userId ?? <span className={classes.faint}>the client</span>,
  },
  {
    id: 'client',
    from: 480,
    header: 'Client',
    width: 'minmax(96px, 1fr)',
    render: ({ clientId }) => clientId,
  },
  {
    id: 'scopes',
    from: 610,
    header: 'Scopes',
    width: 'minmax(120px, 1.6fr)',
    render: ({ scopes }) =>
      scopes.length > 0 ? (
        <span className={classes.mono} title={scopes.join(' ')}>
          {scopes.join(' ')}
        </span>
      ) : (
        <span className={classes.faint}>none</span>
      ),
  },
  {
    id: 'issued',
    from: 940,
    header: 'Issued',
    width: '112px',
    render: (token) => <IssuedCell at={token.issuedAt} />,
  },
  { id: 'life', header: 'Remaining', width: '112px', render: (token) => <LifeCell token={token} /> },
  {
    id: 'jti',
    from: 820,
    header: 'jti',
    width: 'minmax(110px, 1.2fr)',
    render: ({ jti }) => (
      <span className={classes.mono} title={jti}>
        {jti}
      </span>
    ),
  },
]

function StateCell({ token }: { token: TokenRow }) {
  return <StateBadge state={useAtNow((now) => stateAt(token, now))} />
}

function IssuedCell({ at }: { at: number }) {
  const text = useAtNow((now) => formatRelative(at, now))
  return <span title={formatAbsolute(at)}>{text}</span>
}

function LifeCell({ token }: { token: TokenRow }) {
  const text = useAtNow((now) => remainingLife(token, now))
  const soon = useAtNow((now) => stateAt(token, now) === 'active' && token.expiresAt - now <= 60_000)
  const over = useAtNow((now) => stateAt(token, now) !== 'active')
  return (
    <span
      className={classes.life}
      data-soon={soon || undefined}
      data-over={over || undefined}
      title={formatAbsolute(token.expiresAt)}
    >
      {text}
    </span>
  )
}
