import { Text } from '@mantine/core'
import { IconFlask } from '@tabler/icons-react'
import { EmptyState } from '../../ui/states.tsx'

export const NoTokenYet = () => (
  <EmptyState
    icon={<IconFlask size={22} />}
    title="Paste a token on the left"
    sample={
      <Text fz="xs" ff="monospace" ta="center">
        Authorization: Bearer eyJhbGciOi…
      </Text>
    }
  >
    JWS and JWE in any form, SD-JWT, or an opaque token of this issuer. It is read here, and judged by the
    core.
  </EmptyState>
)
