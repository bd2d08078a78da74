import { useEffect } from 'react'
import { useOperation, useRoute } from '../../stores/hooks.ts'
import { PageHeader } from '../../ui/page-header.tsx'
import { ErrorState, LoadingRows } from '../../ui/states.tsx'
import { SettingsForm } from './settings-form.tsx'

export function Settings() {
  const { data, error, reload } = useOperation('settings.get', {})
  const { params } = useRoute()
  const loaded = data !== undefined
  useEffect(() => {
    if (!loaded || !params.panel) return
    const panel = document.getElementById(`settings-${params.panel}`)
    panel?.scrollIntoView({ block: 'start' })
    panel?.focus({ preventScroll: true })
  }, [loaded, params.panel])
  return (
    <>
      <PageHeader
        title="Settings"
        description="The clock, the server and the window, the log, keys, and the workspace as a file."
      />
      {data ? (
        <SettingsForm stored={data} />
      ) : error ? (
        <ErrorState title="The settings could not be read" message={error.message} onRetry={reload} />
      ) : (
        <LoadingRows label="Reading settings" />
      )}
    </>
  )
}
