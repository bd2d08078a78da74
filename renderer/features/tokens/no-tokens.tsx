import { IconBan, IconFingerprint } from '@tabler/icons-react'
import type { TokenFilter } from '../../../shared/contract/operations/tokens.ts'
import { useCommand, useOperation, useRoute, useWorkbench } from '../../stores/hooks.ts'
import { CopyField } from '../../ui/copy.tsx'
import { PrimaryButton } from '../../ui/primary-button.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { sampleUser } from '../sample-user.ts'
import { withoutFilter } from './filter.ts'

/** What the ledger says when it shows nothing. */
export function NoTokens({ filter, denied }: { filter: TokenFilter; denied: boolean }) {
  const { navigation } = useWorkbench()
  const { params } = useRoute()
  const { state, unexpired, ...rest } = filter
  const filtered = Object.keys(denied ? rest : filter).length > 0
  if (denied && !filtered) return <NothingDenied />
  if (filtered)
    return (
      <EmptyState
        icon={<IconFingerprint size={22} />}
        title="No token matches"
        action={
          <PrimaryButton onClick={() => navigation.setParams(withoutFilter(params))}>
            {denied ? 'Show all of the deny list' : 'Show all tokens'}
          </PrimaryButton>
        }
      >
        {denied
          ? 'The filter leaves none of the tokens on the deny list.'
          : 'The filter leaves none of the tokens of this issuer.'}
      </EmptyState>
    )
  return <NoneYet />
}

function NothingDenied() {
  const { navigation } = useWorkbench()
  return (
    <EmptyState
      icon={<IconBan size={22} />}
      title="Nothing is on the deny list"
      action={
        <PrimaryButton onClick={() => navigation.go('tokens', null, { state: 'active' })}>
          Choose a token to revoke
        </PrimaryButton>
      }
    >
      A revoked token stays on it until its time is over; after that it is refused as expired anyway.
    </EmptyState>
  )
}

const sampleScopes = ['openid', 'profile', 'read']

function NoneYet() {
  const { client, navigation } = useWorkbench()
  const { run, pending } = useCommand('tokens.issue')
  const user = sampleUser(useOperation('users.list', {}).data ?? [])

  async function issueSample() {
    const known = await client.call('scopes.list', {}).catch(() => [])
    const scopes = sampleScopes.filter((name) => known.some((scope) => scope.name === name))
    const result = await run({ ...(user ? { userId: user.id } : {}), scopes })
    if (!result.ok) return
    const { rows } = await client.call('tokens.list', { filter: { kind: 'access' }, limit: 1 })
    if (rows[0]) navigation.select(rows[0].jti)
  }

  return (
    <EmptyState
      icon={<IconFingerprint size={22} />}
      title="No tokens yet"
      action={
        <PrimaryButton loading={pending} onClick={() => void issueSample()}>
          {user ? `Issue a token for ${user.username}` : 'Issue a token'}
        </PrimaryButton>
      }
      sample={user?.username === 'alice' && <TokenRequest />}
    >
      Log in from your app, or issue one here: it appears in this list the moment it is signed.
    </EmptyState>
  )
}

function TokenRequest() {
  const { data } = useOperation('status.get', {})
  if (!data) return null
  const form = 'grant_type=password&username=alice&password=wonderland&scope=read'
  return <CopyField label="Or ask as a client does" value={`curl -d '${form}' ${data.issuer}/token`} />
}
