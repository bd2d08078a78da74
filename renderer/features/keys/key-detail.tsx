import { Button, Group, Stack, Text, Title } from '@mantine/core'
import {
  IconBan,
  IconEyeOff,
  IconPlayerPlay,
  IconRestore,
  IconTrash,
  IconWorldUpload,
} from '@tabler/icons-react'
import type { OutputOf } from '../../../shared/contract/operations/index.ts'
import type { Key, KeyUsage } from '../../../shared/contract/operations/keys.ts'
import { useOperation } from '../../stores/hooks.ts'
import { ConfirmButton } from '../../ui/confirm-button.tsx'
import { CopyField } from '../../ui/copy.tsx'
import { CodeView, JsonView } from '../../ui/json-view.tsx'
import { PageBody, Panel } from '../../ui/panel.tsx'
import { StateBadge } from '../../ui/state-badge.tsx'
import { ErrorState, LoadingRows, NoSuch } from '../../ui/states.tsx'
import { Time } from '../../ui/time.tsx'
import { meaningOf, shortKid, useWords } from './key-words.ts'
import classes from './keys.module.css'
import { useKeyActions } from './use-key-actions.ts'

export function KeyDetail({ kid, usage }: { kid: string; usage: KeyUsage | undefined }) {
  const { data, error, reload } = useOperation('keys.get', { kid })
  if (error?.code === 'not_found') return <NoSuch noun="key" />
  if (data) return <Loaded signingKey={data} usage={usage} />
  if (error) return <ErrorState title="The key could not be read" message={error.message} onRetry={reload} />
  return <LoadingRows label="Reading the key" />
}

function Loaded({ signingKey, usage }: { signingKey: OutputOf<'keys.get'>; usage: KeyUsage | undefined }) {
  const { kid, alg, issuer, use, createdAt, changedAt, publicJwk, pem } = signingKey
  return (
    <>
      <KeyHead signingKey={signingKey} />
      <PageBody>
        <Panel title="What it does" description={meaningOf(signingKey)} testId="key-facts">
          <dl className={classes.facts}>
            <dt>Issuer</dt>
            <dd>{issuer}</dd>
            <dt>Use</dt>
            <dd>{useWords[use].long}</dd>
            <dt>In this state</dt>
            <dd>
              since <Time at={changedAt} />
            </dd>
            <dt>Made</dt>
            <dd>
              <Time at={createdAt} />
            </dd>
            {use !== 'encryption' && (
              <>
                <dt>Tokens signed</dt>
                <dd data-testid="key-tokens">
                  {usage?.live ?? 0} live, {usage?.all ?? 0} in the ledger
                </dd>
              </>
            )}
          </dl>
          <CopyField label="Key id (kid)" value={kid} />
        </Panel>
        {publicJwk === null ? (
          <Panel
            title="No public half"
            description={
              use === 'access'
                ? `${alg} signs and verifies with one secret, which no JWKS may hold. Settings shows how an API gets it.`
                : 'Refresh tokens are for the issuer alone, and so is the secret they are signed with.'
            }
          >
            {null}
          </Panel>
        ) : (
          <Panel title="Public key" description="The private half never leaves the issuer.">
            <Stack gap="sm">
              <JsonView value={publicJwk} label="public JWK" maxHeight={260} />
              {pem !== null && <CodeView text={pem} label="public key as PEM" maxHeight={200} />}
            </Stack>
          </Panel>
        )}
        {use !== 'refresh' && <JwksPanel issuer={issuer} kid={kid} />}
      </PageBody>
    </>
  )
}

/** The document an API reads, from the same place as the issuer's endpoint takes it. */
function JwksPanel({ issuer, kid }: { issuer: string; kid: string }) {
  const { data } = useOperation('keys.jwks', { issuer })
  if (!data) return null
  const { url, jwks } = data
  const there = jwks.keys.some((key) => key.kid === kid)
  return (
    <Panel
      title="JWKS as others see it"
      description={`${jwks.keys.length} ${jwks.keys.length === 1 ? 'key' : 'keys'}; this one is ${there ? 'among them' : 'not among them'}.`}
      testId="jwks"
    >
      <Stack gap="sm">
        {url !== null && <CopyField label="URL" value={url} testId="jwks-url" />}
        <JsonView value={jwks} label="JWKS" maxHeight={320} />
      </Stack>
    </Panel>
  )
}

function KeyHead({ signingKey }: { signingKey: Key }) {
  const { state, alg, kid } = signingKey
  const { run, remove, pending } = useKeyActions(signingKey)
  const buttons = {
    activate: { label: 'Sign with it', Icon: IconPlayerPlay },
    publish: { label: 'Put back into the JWKS', Icon: IconWorldUpload },
    retire: { label: 'Take out of the JWKS', Icon: IconEyeOff },
    revoke: { label: 'Revoke', Icon: IconBan },
    restore: { label: 'Undo the revocation', Icon: IconRestore },
  } as const
  return (
    <div className={classes.head}>
      <Group gap="xs" className={classes.name}>
        <Title order={2}>
          {alg} {shortKid(kid)}
        </Title>
        <StateBadge state={state} />
      </Group>
      <Group gap="xs">
        {changesOf(signingKey).map((change) => {
          const { label, Icon } = buttons[change]
          return (
            <Button
              key={change}
              variant="default"
              disabled={pending}
              leftSection={<Icon size={15} aria-hidden />}
              onClick={() => void run(change)}
            >
              {label}
            </Button>
          )
        })}
        {state !== 'active' && (
          <ConfirmButton
            icon={<IconTrash size={15} aria-hidden />}
            title={`Delete key ${shortKid(kid)}?`}
            consequence={
              signingKey.use === 'encryption'
                ? 'The private key is gone for good, and what clients encrypted for it stays shut. To be rid of it slowly, take it out of the JWKS first.'
                : 'The private key is gone for good: no token can be signed with it again, and none it signed verifies. To refuse its tokens for a while, revoke it instead.'
            }
            verb="Delete key"
            onConfirm={remove}
          >
            Delete
          </ConfirmButton>
        )}
      </Group>
      {state === 'active' && (
        <Text fz="xs" c="dimmed" w="100%">
          It signs, so it stays. Make or activate another key to put this one aside.
        </Text>
      )}
    </div>
  )
}

type Change = 'activate' | 'publish' | 'retire' | 'revoke' | 'restore'

function changesOf({ state, use, publicJwk }: Key): readonly Change[] {
  if (use === 'encryption' && state !== 'revoked')
    return [state === 'retired' ? 'publish' : 'retire', 'revoke']
  switch (state) {
    case 'active':
      return []
    case 'published':
      return publicJwk === null ? ['activate', 'revoke'] : ['activate', 'retire', 'revoke']
    case 'retired':
      return ['activate', 'publish', 'revoke']
    case 'revoked':
      return ['restore']
  }
}
