import { IconPlus } from '@tabler/icons-react'
import { useOperation, useRoute, useWorkbench } from '../../stores/hooks.ts'
import { ListDetail } from '../../ui/list-detail.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { PrimaryButton } from '../../ui/primary-button.tsx'
import { ErrorState, LoadingRows } from '../../ui/states.tsx'
import { IssuerDetail } from './issuer-detail.tsx'
import { IssuerList } from './issuer-list.tsx'
import { NewIssuerDialog } from './new-issuer.tsx'

/** The issuers of the workspace. The route's id is an issuer's name. */
export function Issuers() {
  const { navigation } = useWorkbench()
  const { id, params } = useRoute()
  const { data, error, reload } = useOperation('issuers.list', {})
  return (
    <>
      <PageHeader
        title="Issuers"
        description="One lives at the root, any number at /name: each with keys, lifetimes, checks and claims of its own."
        actions={
          <PrimaryButton
            leftSection={<IconPlus size={15} aria-hidden />}
            onClick={() => navigation.setParams({ new: '1' })}
          >
            Add issuer
          </PrimaryButton>
        }
      />
      {data ? (
        <ListDetail
          name="issuers"
          label="Issuers"
          initial={36}
          list={<IssuerList issuers={data} selectedName={id} onSelect={navigation.select} />}
          detail={id !== null && <IssuerDetail key={id} name={id} issuers={data} />}
          onCloseDetail={() => navigation.select(null)}
        />
      ) : error ? (
        <ErrorState title="The issuers could not be read" message={error.message} onRetry={reload} />
      ) : (
        <LoadingRows label="Reading issuers" />
      )}
      <NewIssuerDialog
        opened={params.new !== undefined}
        onClose={() => navigation.setParams({})}
        onCreated={({ name }) => navigation.go('issuers', name)}
      />
    </>
  )
}
