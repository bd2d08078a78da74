import { useMemo } from 'react'
import type { Issuer } from '../../../shared/contract/operations/issuers.ts'
import {
  defaultSettings,
  type IssuerSettings,
  type IssuerSettingsInput,
  type SettingsChanges,
} from '../../../shared/contract/settings.ts'
import { DEFAULT_ISSUER } from '../../../shared/contract/values.ts'
import { useEdits } from '../../stores/edits.ts'
import { useCommand } from '../../stores/hooks.ts'
import { sameValue } from '../../ui/fields/field.ts'
import type { FieldSource } from '../../ui/fields/field-list.tsx'
import { fieldErrors } from '../../ui/format/issues.ts'
import { hasBroken, type IssuerField, issuerFieldNames } from './issuer-settings.ts'

/** The settings of an issuer as they are being edited. */
export interface IssuerEdits extends FieldSource<IssuerField> {
  /** What counts once they are saved. */
  values: Required<IssuerSettings>
  dirty: boolean
  pending: boolean
  /** Whether they cannot be saved as they stand. */
  broken: boolean
  /** Resolves to whether it worked. */
  save: () => Promise<boolean>
  discard: () => void
}

type Stored = Record<IssuerField, unknown>

/** Edits of the default issuer are of the workspace's settings; another's lie over those, with null for what it leaves to it. */
export function useIssuerSettings(issuer: Issuer, byDefault: Issuer): IssuerEdits {
  const isDefault = issuer.name === DEFAULT_ISSUER
  const stored = useMemo(() => storedOf(issuer), [issuer])
  const { value, edits, dirty, set, discard } = useEdits<Stored>(`issuer ${issuer.name}`, stored)
  const update = useCommand('issuers.update')
  const updateDefault = useCommand('settings.update')
  const { error, pending, clearError } = isDefault ? updateDefault : update
  const fallback = isDefault ? defaultSettings : byDefault.effective
  const values = { ...fallback, ...own(value) } as Required<IssuerSettings>

  async function save(): Promise<boolean> {
    // The controls give what their fields take; what is not right the core names.
    const result = isDefault
      ? await updateDefault.run(edits as SettingsChanges)
      : await update.run({ name: issuer.name, settings: edits as IssuerSettingsInput })
    if (result.ok) discard()
    return result.ok
  }

  return {
    values,
    dirty,
    pending,
    broken: hasBroken(values),
    errors: fieldErrors(error?.issues, issuerFieldNames, isDefault ? '' : 'settings').fields,
    isOwn: (field) => (isDefault ? !sameValue(values[field], fallback[field]) : value[field] !== null),
    set: (field, next) => set(field, next),
    reset: (field) => set(field, isDefault ? defaultSettings[field] : null),
    resetMeans: isDefault ? 'what it is in a new workspace' : 'as the default issuer',
    save,
    discard: () => {
      discard()
      clearError()
    },
  }
}

/** Of the default issuer every setting, of another those it has of its own and null for the rest. */
function storedOf({ name, settings, effective }: Issuer): Stored {
  const from: IssuerSettings = name === DEFAULT_ISSUER ? effective : settings
  return Object.fromEntries(issuerFieldNames.map((field) => [field, from[field] ?? null])) as Stored
}

const own = (value: Stored): Partial<Stored> =>
  Object.fromEntries(Object.entries(value).filter(([, setting]) => setting !== null))
