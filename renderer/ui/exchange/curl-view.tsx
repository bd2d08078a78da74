import { Group, Switch } from '@mantine/core'
import { useMemo } from 'react'
import type { Exchange } from '../../../shared/contract/operations/traces.ts'
import { toCurl } from '../../../shared/flow/curl.ts'
import { CopyButton } from '../copy.tsx'
import { CodeView } from '../json-view.tsx'
import { Part } from './message-view.tsx'

export interface CurlProps {
  exchange: Exchange
  includeSecrets: boolean
}

/** Copies the request as a cURL command; its name says when secrets go along. */
export const CurlButton = ({ exchange, includeSecrets }: CurlProps) => (
  <CopyButton
    value={() => toCurl(exchange, { includeSecrets })}
    what={includeSecrets ? 'as cURL with secrets' : 'as cURL'}
  >
    {includeSecrets ? 'Copy as cURL with secrets' : 'Copy as cURL'}
  </CopyButton>
)

/** The command as it would be copied. */
export function CurlView({ exchange, includeSecrets }: CurlProps) {
  const text = useMemo(() => toCurl(exchange, { includeSecrets }), [exchange, includeSecrets])
  return (
    <Part
      title="As cURL"
      note={includeSecrets ? 'with passwords, secrets and tokens' : 'passwords, secrets and tokens taken out'}
    >
      <CodeView text={text} label="cURL command" maxHeight={260} />
    </Part>
  )
}

export interface CurlSwitchProps extends CurlProps {
  onChange: (includeSecrets: boolean) => void
}

/** The copy button beside the switch that decides what it copies. */
export const CurlControls = ({ exchange, includeSecrets, onChange }: CurlSwitchProps) => (
  <Group gap="sm" wrap="nowrap">
    <Switch
      label="With secrets"
      checked={includeSecrets}
      onChange={(event) => onChange(event.currentTarget.checked)}
    />
    <CurlButton exchange={exchange} includeSecrets={includeSecrets} />
  </Group>
)
