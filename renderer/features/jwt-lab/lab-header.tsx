import { Button } from '@mantine/core'
import { IconEraser, IconHistory } from '@tabler/icons-react'
import { useRoute, useWorkbench } from '../../stores/hooks.ts'
import { PageHeader } from '../../ui/page-header.tsx'
import { useLab } from './use-lab.ts'

export function LabHeader() {
  const { navigation, lab } = useWorkbench()
  const { params } = useRoute()
  const empty = useLab(({ text, draft }) => text === '' && draft.header === '')
  return (
    <PageHeader
      title="JWT lab"
      description="Take any token apart, change it, sign it with any key, break it, and see who accepts it."
      actions={
        <>
          <Button
            variant="default"
            leftSection={<IconEraser size={15} aria-hidden />}
            disabled={empty}
            onClick={() => {
              lab.setText('')
              navigation.go('lab')
            }}
          >
            Empty
          </Button>
          <Button
            variant="default"
            leftSection={<IconHistory size={15} aria-hidden />}
            onClick={() => navigation.setParams({ ...params, open: 'history' })}
          >
            Tokens seen
          </Button>
        </>
      }
    />
  )
}
