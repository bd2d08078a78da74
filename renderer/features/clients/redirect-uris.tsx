import { ActionIcon, Button, Group, Input, Stack, Switch, TextInput } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { FieldLabel } from '../../ui/fields/field-control.tsx'
import type { FieldIssue } from '../../ui/format/issues.ts'

const loopback = 'loopback'

interface RedirectUrisProps {
  /** What one of them is called: "Redirect URI". */
  label: string
  /** What they are called in the standard. */
  name: string
  /** Exact URIs, `loopback` among them or not; blank ones are being typed. */
  value: readonly string[]
  onChange: (uris: string[]) => void
  issues: readonly FieldIssue[] | undefined
  /** Where they stand in the input: "changes.redirectUris". */
  path: string
}

/** Where users may be sent back to: exact URIs (RFC 9700 2.1), and any loopback one by a switch (RFC 8252 7.3). */
export function RedirectUris({ label, name, value, onChange, issues, path }: RedirectUrisProps) {
  const errorAt = (at: string) => issues?.find((issue) => issue.path === at)?.message
  const any = value.includes(loopback)
  return (
    <Input.Wrapper
      label={<FieldLabel label={`${label}s`} name={name} />}
      labelElement="div"
      error={errorAt(path)}
    >
      <Stack gap={8} mt={6} role="group" aria-label={`${label}s`}>
        <Switch
          label="Any loopback URI"
          description="http or https on localhost, 127.0.0.1 or [::1]; any port, any path."
          checked={any}
          onChange={() => onChange(any ? value.filter((uri) => uri !== loopback) : [loopback, ...value])}
        />
        {value.map(
          (uri, index) =>
            uri !== loopback && (
              // biome-ignore lint/suspicious/noArrayIndexKey: a line is its place; its text changes with every key
              <Group key={index} gap={4} align="flex-start" wrap="nowrap">
                <TextInput
                  flex={1}
                  type="url"
                  aria-label={label}
                  placeholder="https://app.example.com/callback"
                  spellCheck={false}
                  value={uri}
                  error={errorAt(`${path}.${index}`)}
                  onChange={(event) => onChange(value.with(index, event.currentTarget.value))}
                />
                <ActionIcon
                  aria-label={uri ? `Remove ${uri}` : 'Remove the blank line'}
                  onClick={() => onChange(value.filter((_, at) => at !== index))}
                >
                  <IconTrash size={15} aria-hidden />
                </ActionIcon>
              </Group>
            ),
        )}
        <Group>
          <Button
            variant="default"
            size="compact-xs"
            leftSection={<IconPlus size={13} aria-hidden />}
            onClick={() => onChange([...value, ''])}
          >
            Add {label[0]?.toLowerCase() + label.slice(1)}
          </Button>
        </Group>
      </Stack>
    </Input.Wrapper>
  )
}
