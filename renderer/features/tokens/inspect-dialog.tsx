import { Anchor, Group, Input, Modal, Stack, Text, Textarea } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { type FormEvent, useId, useState } from 'react'
import type { ContractError } from '../../../shared/contract/envelope.ts'
import type { Inspection } from '../../../shared/contract/operations/tokens.ts'
import { useOperation, useWorkbench } from '../../stores/hooks.ts'
import { VerdictBanner } from '../../ui/banner.tsx'
import { fieldErrors } from '../../ui/format/issues.ts'
import { JwtView } from '../../ui/jwt-view.tsx'
import { PrimaryButton } from '../../ui/primary-button.tsx'
import { StateBadge } from '../../ui/state-badge.tsx'
import { ErrorState, LoadingRows } from '../../ui/states.tsx'
import { verdictLooks } from '../../ui/verdicts.ts'
import classes from './tokens.module.css'

interface DialogProps {
  opened: boolean
  onClose: () => void
}

/** Takes any token apart, whoever issued it. The pasted text stays out of the route: it may be a live credential. */
export function InspectDialog({ opened, onClose }: DialogProps) {
  return (
    <Modal opened={opened} onClose={onClose} title="Inspect a token" size="min(1120px, 94vw)">
      <Inspector />
    </Modal>
  )
}

const longest = 1_000_000

function Inspector() {
  const [text, setText] = useState('')
  const [jwksUrl, setJwksUrl] = useState('')
  const [asked, setAsked] = useState('')
  const [input] = useDebouncedValue(text.trim(), 150)
  const tooLong = text.length > longest

  function verify(event: FormEvent) {
    event.preventDefault()
    setAsked(jwksUrl.trim())
  }

  return (
    <div className={classes.two}>
      <form onSubmit={verify} noValidate>
        <Stack gap="sm">
          <Textarea
            label="Token"
            description="As you found it: with Bearer in front, in quotes, inside JSON or a URL."
            placeholder="eyJhbGciOi…"
            className={classes.paste}
            rows={9}
            data-autofocus
            spellCheck={false}
            value={text}
            error={tooLong ? 'At most a million characters can be looked at' : undefined}
            onChange={(event) => setText(event.currentTarget.value)}
          />
          <JwksField
            input={tooLong ? '' : input}
            asked={asked}
            value={jwksUrl}
            onChange={(url) => {
              setJwksUrl(url)
              if (url.trim() === '') setAsked('')
            }}
          />
        </Stack>
      </form>
      {input === '' || tooLong ? (
        <Text fz="sm" c="dimmed" pt={26}>
          The verdict, the header and the claims appear here as soon as there is a token. Nothing you paste is
          stored or sent anywhere.
        </Text>
      ) : (
        <Result input={input} jwksUrl={asked} />
      )}
    </div>
  )
}

const inputFor = (input: string, jwksUrl: string) => (jwksUrl ? { input, jwksUrl } : { input })

interface JwksFieldProps {
  input: string
  /** The URL that is verified with now; "" for this issuer's own keys. */
  asked: string
  value: string
  onChange: (url: string) => void
}

function JwksField({ input, asked, value, onChange }: JwksFieldProps) {
  const id = useId()
  const { error } = useOperation('tokens.inspect', inputFor(input, asked))
  const problem = asked && error ? ofJwks(error) : null
  return (
    <Input.Wrapper
      id={id}
      label="JWKS URL"
      description="Keys of another issuer to verify with; empty for this one's."
      error={problem}
    >
      <Group gap="xs" wrap="nowrap">
        <Input
          id={id}
          flex={1}
          type="url"
          placeholder="https://login.example.com/jwks"
          spellCheck={false}
          value={value}
          error={problem !== null}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
        <PrimaryButton type="submit" disabled={value.trim() === asked}>
          Verify
        </PrimaryButton>
      </Group>
    </Input.Wrapper>
  )
}

/** What the error says of the JWKS URL; null when it is about something else. */
const ofJwks = (error: ContractError): string | null =>
  error.code === 'unreachable'
    ? error.message
    : (fieldErrors(error.issues, ['jwksUrl']).fields.jwksUrl ?? null)

function Result({ input, jwksUrl }: { input: string; jwksUrl: string }) {
  const { data, error, reload } = useOperation('tokens.inspect', inputFor(input, jwksUrl), {
    keepPrevious: true,
  })
  if (error && jwksUrl && ofJwks(error)) return <Unverified input={input} message={ofJwks(error)!} />
  if (error) return <ErrorState title="It could not be inspected" message={error.message} onRetry={reload} />
  return data ? <Inspected inspection={data} /> : <LoadingRows label="Inspecting" />
}

/** Keys that cannot be had keep nobody from reading the token. */
function Unverified({ input, message }: { input: string; message: string }) {
  const { data } = useOperation('tokens.inspect', { input })
  return (
    <Stack gap="md" miw={0}>
      <VerdictBanner tone="warn" verdict="Not verified" reason={message} testId="inspect-verdict" />
      {data && <JwtView token={data.token} header={data.header} claims={data.claims} />}
    </Stack>
  )
}

function Inspected({ inspection }: { inspection: Inspection }) {
  const look = verdictLooks[inspection.verdict]
  const readable = inspection.header !== null || inspection.claims !== null
  return (
    <Stack gap="md" miw={0} data-testid="inspection">
      <VerdictBanner
        tone={look.tone}
        verdict={look.label}
        reason={inspection.reason}
        testId="inspect-verdict"
      />
      <Group gap="8px 16px">
        <Provenance inspection={inspection} />
        <OpenInLab token={inspection.token} />
      </Group>
      {readable ? (
        <JwtView token={inspection.token} header={inspection.header} claims={inspection.claims} />
      ) : (
        <Input.Wrapper label="What was found" labelElement="div">
          <Text fz="xs" ff="monospace" className={classes.found}>
            {inspection.token}
          </Text>
        </Input.Wrapper>
      )}
    </Stack>
  )
}

function OpenInLab({ token }: { token: string }) {
  const { lab, navigation } = useWorkbench()
  return (
    <Anchor
      component="button"
      type="button"
      fz="xs"
      onClick={() => {
        lab.setText(token, true)
        navigation.go('lab')
      }}
    >
      Open it in the JWT lab
    </Anchor>
  )
}

/** Which key signed it, and whether it is one of ours. */
function Provenance({ inspection: { verifiedWith, row } }: { inspection: Inspection }) {
  const { navigation } = useWorkbench()
  if (verifiedWith === null && row === null) return null
  return (
    <Group gap="8px 16px">
      {verifiedWith !== null && (
        <Text fz="xs" c="dimmed">
          Verified with <span className={classes.mono}>{verifiedWith}</span>
        </Text>
      )}
      {row && (
        <Group gap={6}>
          <StateBadge state={row.state} />
          <Anchor component="button" type="button" fz="xs" onClick={() => navigation.go('tokens', row.jti)}>
            Open it in the ledger
          </Anchor>
        </Group>
      )}
    </Group>
  )
}
