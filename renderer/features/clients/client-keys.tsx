import { Stack, TextInput } from '@mantine/core'
import { JsonEditor } from '../../ui/json-editor.tsx'
import { mayHaveKeys } from './client-fields.ts'
import { type ClientForm, errorsOf } from './client-form.ts'

/** Public keys of a client that signs JWTs or is encrypted for, inline or behind a URL (RFC 7591 2). Nothing for any other. */
export function ClientKeys(form: ClientForm) {
  const { value, set } = form
  const errors = errorsOf(form)
  if (!mayHaveKeys(value)) return null
  return (
    <Stack gap="sm">
      <JsonEditor
        label="Public keys (jwks)"
        description="A JWK Set, or a single public key; one to encrypt with has the use enc. A private key is refused: it stays with the app."
        placeholder='{ "keys": [{ "kty": "EC", "crv": "P-256", "kid": "…", "x": "…", "y": "…" }] }'
        value={value.jwks}
        error={errors.jwks}
        onChange={(jwks) => set('jwks', jwks)}
      />
      <TextInput
        label="Where its keys are (jwks_uri)"
        description="Instead of keys above. Fetched when needed, and kept for a minute."
        type="url"
        autoComplete="off"
        spellCheck={false}
        placeholder="https://app.example.com/jwks"
        value={value.jwksUri}
        error={errors.jwksUri}
        onChange={(event) => set('jwksUri', event.currentTarget.value)}
      />
    </Stack>
  )
}
