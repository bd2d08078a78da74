import { Button } from '@mantine/core'
import { VerdictBanner } from '../../ui/banner.tsx'

/** Whether the core will ask for consent before it calls this URL. It decides for itself; this only spares a refusal. */
export function needsConfirmation(url: string): boolean {
  const hostname = URL.parse(url)?.hostname
  return (
    hostname !== undefined &&
    !/^(?:127(?:\.\d{1,3}){3}|\[::1\]|localhost|[a-z0-9-]+\.localhost)$/i.test(hostname)
  )
}

interface OutsideTargetProps {
  url: string
  /** What happens there. */
  what: string
  onConfirm: () => void
}

/** Names a target outside this machine, and asks before it is called. */
export const OutsideTarget = ({ url, what, onConfirm }: OutsideTargetProps) => (
  <VerdictBanner
    tone="warn"
    verdict={`${URL.parse(url)?.host ?? url} is not on this machine`}
    reason={what}
    actions={
      <Button size="xs" variant="default" onClick={onConfirm}>
        Call it
      </Button>
    }
    testId="outside-target"
  />
)
