import { Text, Title } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import type { Issuer } from '../../../shared/contract/operations/issuers.ts'
import { DEFAULT_ISSUER } from '../../../shared/contract/values.ts'
import { useCommand, useOperation, useWorkbench } from '../../stores/hooks.ts'
import { ConfirmButton } from '../../ui/confirm-button.tsx'
import { CopyField } from '../../ui/copy.tsx'
import { CheckLevelsEditor } from '../../ui/fields/check-levels.tsx'
import { FieldList } from '../../ui/fields/field-list.tsx'
import { notifyDone } from '../../ui/notify.tsx'
import { PageBody, Panel } from '../../ui/panel.tsx'
import { SaveBar } from '../../ui/save-bar.tsx'
import { NoSuch, Unread } from '../../ui/states.tsx'
import { InitialToken } from './initial-token.tsx'
import { lossOf } from './issuer-loss.ts'
import { issuerGroups } from './issuer-settings.ts'
import classes from './issuers.module.css'
import { type IssuerEdits, useIssuerSettings } from './use-issuer-settings.ts'

/** Give it the name as `key`. `issuers` are all there are, the default one first. */
export function IssuerDetail({ name, issuers }: { name: string; issuers: Issuer[] }) {
  const issuer = issuers.find((one) => one.name === name)
  const [byDefault] = issuers
  if (!issuer || !byDefault) return <NoSuch noun="issuer" />
  return <Loaded issuer={issuer} byDefault={byDefault} />
}

function Loaded({ issuer, byDefault }: { issuer: Issuer; byDefault: Issuer }) {
  const edits = useIssuerSettings(issuer, byDefault)
  return (
    <>
      <IssuerHead issuer={issuer} />
      <PageBody>
        <Addresses issuer={issuer} />
        <div className={classes.groups}>
          {issuerGroups.map(({ id, title, about, fields }) => (
            <Panel key={id} title={title} description={about} testId={`issuer-${id}`}>
              <FieldList fields={fields} source={edits} />
              {id === 'registration' && edits.values.registration === 'protected' && (
                <InitialToken issuer={issuer.name} />
              )}
            </Panel>
          ))}
        </div>
        <ChecksPanel edits={edits} />
      </PageBody>
      {edits.dirty && (
        <SaveBar
          message={`Unsaved changes to ${issuer.name}`}
          pending={edits.pending}
          disabled={edits.broken}
          onSave={async () => {
            if (await edits.save()) notifyDone(`${issuer.name} saved`)
          }}
          onDiscard={edits.discard}
        />
      )}
    </>
  )
}

function Addresses({ issuer: { url } }: { issuer: Issuer }) {
  return (
    <Panel title="Where it is" description="What an app that uses it is configured with.">
      {url === null ? (
        <Text fz="sm" c="dimmed">
          Nothing listens at the moment.
        </Text>
      ) : (
        <div className={classes.groups}>
          <CopyField label="Issuer" value={url} testId="issuer-detail-url" />
          <CopyField label="OpenID discovery" value={`${url}/.well-known/openid-configuration`} />
        </div>
      )}
    </Panel>
  )
}

function ChecksPanel({ edits }: { edits: IssuerEdits }) {
  const checks = useOperation('checks.list', {})
  const { profile, checkLevels } = edits.values
  return (
    <Panel
      title="Checks"
      description="Every rule a client can break here. A level set here counts for clients that have no profile of their own."
      testId="issuer-checks"
    >
      {checks.data ? (
        <CheckLevelsEditor
          checks={checks.data}
          own={checkLevels}
          onChange={(levels) => edits.set('checkLevels', levels)}
          inherited={({ levels }) => levels[profile]}
          inheritedFrom="As profile"
          error={edits.errors.checkLevels}
        />
      ) : (
        <Unread what="the checks" reads={[checks]} />
      )}
    </Panel>
  )
}

function IssuerHead({ issuer }: { issuer: Issuer }) {
  const isDefault = issuer.name === DEFAULT_ISSUER
  return (
    <div className={classes.head}>
      <div className={classes.headName}>
        <Title order={2}>{issuer.name}</Title>
        <Text fz="xs" c="dimmed">
          {isDefault
            ? 'At the root. Other issuers are like it where they have nothing of their own.'
            : differences(issuer)}
        </Text>
      </div>
      {!isDefault && <DeleteIssuer name={issuer.name} />}
    </div>
  )
}

function differences({ settings }: Issuer): string {
  const count = Object.keys(settings).length
  if (count === 0) return 'Keys of its own; every setting is as for the default issuer'
  return `Keys and ${count === 1 ? 'one setting' : `${count} settings`} of its own; the rest is as for the default issuer`
}

function DeleteIssuer({ name }: { name: string }) {
  const { navigation } = useWorkbench()
  const { data: clients = [] } = useOperation('clients.list', {})
  const { data: users = [] } = useOperation('users.list', {})
  const { data: sessions = [] } = useOperation('sessions.list', {})
  const { run } = useCommand('issuers.delete')

  async function deleteIssuer() {
    const result = await run({ name })
    if (!result.ok) return
    navigation.select(null)
    notifyDone(`${name} deleted`)
  }

  return (
    <ConfirmButton
      icon={<IconTrash size={15} aria-hidden />}
      title={`Delete the issuer ${name}?`}
      consequence={lossOf(name, { clients, users, sessions })}
      verb="Delete issuer"
      onConfirm={deleteIssuer}
    >
      Delete
    </ConfirmButton>
  )
}
