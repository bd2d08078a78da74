import { defaultClientOptions } from '../../../shared/contract/operations/client-options.ts'
import type { Issuer } from '../../../shared/contract/operations/issuers.ts'
import { DEFAULT_ISSUER } from '../../../shared/contract/values.ts'
import { useOperation } from '../../stores/hooks.ts'
import { CheckLevelsEditor } from '../../ui/fields/check-levels.tsx'
import { sameValue } from '../../ui/fields/field.ts'
import { FieldGroups } from '../../ui/fields/field-groups.tsx'
import type { FieldSource } from '../../ui/fields/field-list.tsx'
import { Panel } from '../../ui/panel.tsx'
import { Unread } from '../../ui/states.tsx'
import type { ClientFields } from './client-fields.ts'
import { type ClientForm, errorsOf } from './client-form.ts'
import { clientGroups, type OptionField } from './client-settings.ts'

/** Everything a client can be told beyond the basics. */
export function OptionsPanel(form: ClientForm) {
  const { data: issuers = [] } = useOperation('issuers.list', {})
  const names = issuers.map(({ name }) => name)
  const bound = form.value.issuer
  const set = (field: OptionField, value: unknown) => form.set(field, value as ClientFields[OptionField])
  const source: FieldSource<OptionField> = {
    values: form.value,
    errors: errorsOf(form),
    isOwn: (field) => !sameValue(form.value[field], defaultClientOptions[field]),
    set,
    reset: (field) => set(field, defaultClientOptions[field]),
    resetMeans: 'what a client says by itself',
  }
  return (
    <Panel
      title="All settings"
      description="By their names in the standards; what is set is marked, and found under the group that says so."
      testId="client-options"
    >
      <FieldGroups
        groups={clientGroups(bound === null || names.includes(bound) ? names : [bound, ...names])}
        source={source}
      />
    </Panel>
  )
}

/** Levels of single checks for this client, over those of its profile. */
export function ClientChecksPanel(form: ClientForm) {
  const checks = useOperation('checks.list', {})
  const issuers = useOperation('issuers.list', {})
  const { profile, checkLevels, issuer: bound } = form.value
  const issuer = issuerOf(issuers.data, bound)
  return (
    <Panel
      title="Checks"
      description="Every rule it can break. A level set here counts for this client only."
      testId="client-checks"
    >
      {checks.data && issuer ? (
        <CheckLevelsEditor
          checks={checks.data}
          own={checkLevels}
          onChange={(levels) => form.set('checkLevels', levels)}
          // With a profile of its own, what the issuer eased does not reach it.
          inherited={({ id, levels }) =>
            profile ? levels[profile] : (issuer.effective.checkLevels[id] ?? levels[issuer.effective.profile])
          }
          inheritedFrom={profile ? 'As profile' : 'As issuer'}
          error={errorsOf(form).checkLevels}
        />
      ) : (
        <Unread what="the checks" reads={[checks, issuers]} />
      )}
    </Panel>
  )
}

const issuerOf = (issuers: readonly Issuer[] | undefined, bound: string | null): Issuer | undefined =>
  issuers?.find(({ name }) => name === (bound ?? DEFAULT_ISSUER))
