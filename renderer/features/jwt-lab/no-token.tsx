import { IconFlask } from '@tabler/icons-react'
import { EmptyState } from '../../ui/states.tsx'

export const NoTokenYet = () => (
  <EmptyState
    icon={<IconFlask size={22} />}
    title="Paste a token on the left"
    sample="Authorization: Bearer eyJhbGciOi…"
  >
    JWS and JWE in any form, SD-JWT, or an opaque token of this issuer. It is read here, and judged by the
    core.
  </EmptyState>
)
