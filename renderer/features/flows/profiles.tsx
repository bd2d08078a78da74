import { Button } from '@mantine/core'
import { IconPlus, IconServer2 } from '@tabler/icons-react'
import type { FlowProfile, ProfileIssuer } from '../../../shared/contract/operations/flow-profiles.ts'
import { useOperation, useWorkbench } from '../../stores/hooks.ts'
import { ListDetail } from '../../ui/list-detail.tsx'
import { EmptyState, ErrorState, LoadingRows, NoSuch } from '../../ui/states.tsx'
import { type Column, VirtualTable } from '../../ui/virtual-table.tsx'
import classes from './flows.module.css'
import { ProfileDetail } from './profile-detail.tsx'

/** Issuers and clients to run flows with. The route's id is that of a profile, or `new`. */
export function Profiles({ id }: { id: string | null }) {
  const { navigation } = useWorkbench()
  const { data, error, reload } = useOperation('flowProfiles.list', {})
  if (!data)
    return error ? (
      <ErrorState title="The profiles could not be read" message={error.message} onRetry={reload} />
    ) : (
      <LoadingRows label="Reading profiles" />
    )
  const selected = data.find((profile) => profile.id === id)
  return (
    <ListDetail
      name="flow-profiles"
      label="Profiles"
      initial={36}
      list={
        <VirtualTable
          label="Profiles"
          columns={columns}
          rowCount={data.length}
          rowAt={(index) => data[index]}
          rowId={(profile) => profile.id}
          rowHeight={46}
          selectedId={id}
          onSelect={navigation.select}
          empty={
            <EmptyState
              icon={<IconServer2 size={22} />}
              title="No profile yet"
              action={
                <Button
                  variant="default"
                  leftSection={<IconPlus size={15} aria-hidden />}
                  onClick={() => navigation.select('new')}
                >
                  Add a profile
                </Button>
              }
            >
              A profile names an issuer and the client you are there; without one, flows go to the built-in
              issuer.
            </EmptyState>
          }
        />
      }
      detail={
        id === 'new' ? (
          <ProfileDetail key="new" profile={null} />
        ) : (
          id !== null &&
          (selected ? <ProfileDetail key={selected.id} profile={selected} /> : <NoSuch noun="profile" />)
        )
      }
      onCloseDetail={() => navigation.select(null)}
    />
  )
}

const columns: Column<FlowProfile>[] = [
  {
    id: 'profile',
    header: 'Profile',
    width: 'minmax(140px, 1.4fr)',
    render: ({ name, issuer }) => (
      <span className={classes.twoLines}>
        <span className={classes.kindTitle}>{name}</span>
        <span className={classes.aside}>{issuerWords(issuer)}</span>
      </span>
    ),
  },
  {
    id: 'client',
    from: 300,
    header: 'Client',
    width: 'minmax(90px, 0.8fr)',
    render: ({ clientId }) => clientId,
  },
]

function issuerWords(issuer: ProfileIssuer): string {
  if (issuer.kind === 'built-in') return `Built-in issuer ${issuer.name}`
  return issuer.kind === 'discovery' ? issuer.url : (issuer.issuer ?? 'Endpoints typed in')
}
