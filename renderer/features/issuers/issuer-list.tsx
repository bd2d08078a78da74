import { Text } from '@mantine/core'
import type { Issuer } from '../../../shared/contract/operations/issuers.ts'
import { DEFAULT_ISSUER } from '../../../shared/contract/values.ts'
import { CopyButton } from '../../ui/copy.tsx'
import { type Column, VirtualTable } from '../../ui/virtual-table.tsx'
import { ownNames } from './issuer-settings.ts'
import classes from './issuers.module.css'

const columns: Column<Issuer>[] = [
  {
    id: 'name',
    header: 'Issuer',
    width: 'minmax(110px, 1fr)',
    render: ({ name }) => (
      <Text component="span" fz="sm" fw={550}>
        {name}
      </Text>
    ),
  },
  {
    id: 'url',
    from: 340,
    header: 'URL',
    width: 'minmax(170px, 1.4fr)',
    render: ({ name, url }) =>
      url === null ? (
        'not listening'
      ) : (
        <span className={classes.url}>
          <CopyButton value={url} what={`URL of ${name}`} />
          <Text component="span" fz="xs" ff="monospace" title={url}>
            {url}
          </Text>
        </span>
      ),
  },
  {
    id: 'own',
    from: 200,
    header: 'Of its own',
    width: 'minmax(90px, 1.2fr)',
    render: ({ name, settings }) => <Differences name={name} own={ownNames(settings)} />,
  },
]

function Differences({ name, own }: { name: string; own: string }) {
  if (name === DEFAULT_ISSUER) return 'everything'
  return <span title={own}>{own || 'only its keys'}</span>
}

interface IssuerListProps {
  issuers: Issuer[]
  selectedName: string | null
  onSelect: (name: string) => void
}

export function IssuerList({ issuers, selectedName, onSelect }: IssuerListProps) {
  return (
    <VirtualTable
      label="Issuers"
      columns={columns}
      rowCount={issuers.length}
      rowAt={(index) => issuers[index]}
      rowId={({ name }) => name}
      selectedId={selectedName}
      onSelect={onSelect}
    />
  )
}
