import { Button } from '@mantine/core'
import { IconPlus, IconZoomScan } from '@tabler/icons-react'
import { useRoute, useWorkbench } from '../../stores/hooks.ts'
import { ListDetail } from '../../ui/list-detail.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { PrimaryButton } from '../../ui/primary-button.tsx'
import { openDialog } from './commands.ts'
import { withParam } from './filter.ts'
import { InspectDialog } from './inspect-dialog.tsx'
import { IssueDialog } from './issue-dialog.tsx'
import { Ledger } from './ledger.tsx'
import { TokenDetailPane } from './token-detail.tsx'

/** The ledger of every token this issuer has issued. */
export function Tokens() {
  const workbench = useWorkbench()
  const { navigation } = workbench
  const { id, params } = useRoute()
  const closeDialog = () => navigation.setParams(withParam(params, 'open', null))
  return (
    <>
      <PageHeader
        title="Tokens"
        description="Every token this issuer has issued, by its jti. What you do here the issuer knows at once."
        actions={
          <>
            <Button
              variant="default"
              leftSection={<IconZoomScan size={15} aria-hidden />}
              onClick={() => openDialog(workbench, 'inspect')}
            >
              Inspect a token
            </Button>
            <PrimaryButton
              leftSection={<IconPlus size={15} aria-hidden />}
              onClick={() => openDialog(workbench, 'issue')}
            >
              Issue token
            </PrimaryButton>
          </>
        }
      />
      <ListDetail
        name="tokens"
        label="Tokens"
        list={<Ledger />}
        detail={id !== null && <TokenDetailPane key={id} jti={id} />}
        onCloseDetail={() => navigation.select(null)}
        initial={52}
      />
      <IssueDialog opened={params.open === 'issue'} onClose={closeDialog} />
      <InspectDialog opened={params.open === 'inspect'} onClose={closeDialog} />
    </>
  )
}
