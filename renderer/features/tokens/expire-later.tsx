import { Button, Group, Popover, Text } from '@mantine/core'
import { IconChevronDown, IconClockOff } from '@tabler/icons-react'
import { type FormEvent, useState } from 'react'
import { useWorkbench } from '../../stores/hooks.ts'
import { DurationInput } from '../../ui/duration-input.tsx'
import { type Choice, expire } from './commands.ts'

interface ExpireButtonsProps {
  choice: Choice
  /** What another end means for these tokens. */
  hint: string
  disabled?: boolean
  /** Told while the tokens are changed. */
  during?: (work: Promise<void>) => void
  /** Whether there is something left to end at once. */
  now?: boolean
}

/** "Expire now", and beside it an end in so many seconds. */
export function ExpireButtons({ choice, hint, disabled, during, now = true }: ExpireButtonsProps) {
  const workbench = useWorkbench()
  const [opened, setOpened] = useState(false)
  const [seconds, setSeconds] = useState(60)
  const run = (after: number) => {
    const work = expire(workbench, choice, after)
    during?.(work)
  }

  function submit(event: FormEvent) {
    event.preventDefault()
    // A portal's events go up to what drew it.
    event.stopPropagation()
    setOpened(false)
    run(seconds)
  }

  return (
    <Button.Group>
      {now && (
        <Button
          variant="default"
          disabled={disabled}
          leftSection={<IconClockOff size={15} aria-hidden />}
          title="It ends at the issuer now. Its own exp stays as signed: who checks it offline still accepts it."
          onClick={() => run(0)}
        >
          Expire now
        </Button>
      )}
      <Popover opened={opened} onChange={setOpened} position="bottom-end" trapFocus shadow="md" width={330}>
        <Popover.Target>
          <Button
            variant="default"
            px={now ? 6 : undefined}
            disabled={disabled}
            aria-label="Expire in a while"
            onClick={() => setOpened(!opened)}
          >
            {now ? <IconChevronDown size={15} aria-hidden /> : 'Expire in…'}
          </Button>
        </Popover.Target>
        <Popover.Dropdown>
          <form onSubmit={submit}>
            <Group align="flex-end" gap="xs" wrap="nowrap">
              <DurationInput
                flex={1}
                label="Ends in"
                description="Such as 30, 5 m or 2 h, on the issuer's clock"
                value={seconds}
                onChange={(length) => length && setSeconds(length)}
              />
              <Button type="submit">Set</Button>
            </Group>
            <Text fz="xs" c="dimmed" mt={8}>
              {hint}
            </Text>
          </form>
        </Popover.Dropdown>
      </Popover>
    </Button.Group>
  )
}
