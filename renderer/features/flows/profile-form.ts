import {
  type EndpointName,
  endpointNames,
  type FlowAuthMethod,
  type FlowProfile,
  type NewFlowProfile,
  type ProfileIssuer,
} from '../../../shared/contract/operations/flow-profiles.ts'

/** A profile as it stands in its form: one field for each thing, whatever the others say. */
export interface ProfileForm {
  name: string
  issuerKind: ProfileIssuer['kind']
  builtInName: string
  discoveryUrl: string
  manualIssuer: string
  endpoints: Readonly<Partial<Record<EndpointName, string>>>
  clientId: string
  authMethod: FlowAuthMethod
  scope: string
  resource: string
  audience: string
  redirectKind: 'loopback' | 'other'
  redirectHost: '127.0.0.1' | 'localhost'
  /** Empty takes a free one. */
  redirectPort: string
  redirectPath: string
  redirectUri: string
  /** One a line, `name=value`. */
  extra: string
}

export const blankProfile: ProfileForm = {
  name: '',
  issuerKind: 'discovery',
  builtInName: 'default',
  discoveryUrl: '',
  manualIssuer: '',
  endpoints: {},
  clientId: '',
  authMethod: 'none',
  scope: 'openid',
  resource: '',
  audience: '',
  redirectKind: 'loopback',
  redirectHost: '127.0.0.1',
  redirectPort: '',
  redirectPath: '/callback',
  redirectUri: '',
  extra: '',
}

export function toProfileForm(profile: FlowProfile): ProfileForm {
  const { name, issuer, clientId, authMethod, scope, resource, audience, redirect, extraParameters } = profile
  return {
    ...blankProfile,
    name,
    issuerKind: issuer.kind,
    ...(issuer.kind === 'built-in' ? { builtInName: issuer.name } : {}),
    ...(issuer.kind === 'discovery' ? { discoveryUrl: issuer.url } : {}),
    ...(issuer.kind === 'manual' ? { manualIssuer: issuer.issuer ?? '', endpoints: issuer.endpoints } : {}),
    clientId,
    authMethod,
    scope,
    resource: resource ?? '',
    audience: audience ?? '',
    redirectKind: redirect.kind,
    ...(redirect.kind === 'loopback'
      ? {
          redirectHost: redirect.host,
          redirectPort: redirect.port === null ? '' : String(redirect.port),
          redirectPath: redirect.path,
        }
      : { redirectUri: redirect.uri }),
    extra: Object.entries(extraParameters)
      .map(([key, value]) => `${key}=${value}`)
      .join('\n'),
  }
}

export const issuerOf = (form: ProfileForm): ProfileIssuer => {
  switch (form.issuerKind) {
    case 'built-in':
      return { kind: 'built-in', name: form.builtInName }
    case 'discovery':
      return { kind: 'discovery', url: form.discoveryUrl.trim() }
    case 'manual':
      return { kind: 'manual', issuer: form.manualIssuer.trim() || null, endpoints: typedEndpoints(form) }
  }
}

const typedEndpoints = ({ endpoints }: ProfileForm): Partial<Record<EndpointName, string>> =>
  Object.fromEntries(
    endpointNames.flatMap((name) => {
      const url = endpoints[name]?.trim()
      return url ? [[name, url]] : []
    }),
  )

export const toNewProfile = (form: ProfileForm): NewFlowProfile => ({
  name: form.name,
  issuer: issuerOf(form),
  clientId: form.clientId.trim(),
  authMethod: form.authMethod,
  scope: form.scope.trim(),
  resource: form.resource.trim() || null,
  audience: form.audience.trim() || null,
  redirect:
    form.redirectKind === 'loopback'
      ? {
          kind: 'loopback',
          host: form.redirectHost,
          port: form.redirectPort.trim() === '' ? null : Number(form.redirectPort),
          path: form.redirectPath.trim(),
        }
      : { kind: 'other', uri: form.redirectUri.trim() },
  extraParameters: extraParameters(form.extra),
})

/** A line without `=` is a name with an empty value. */
function extraParameters(text: string): Record<string, string> {
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  return Object.fromEntries(
    lines.map((line) => {
      const at = line.indexOf('=')
      return at < 0 ? [line.trim(), ''] : [line.slice(0, at).trim(), line.slice(at + 1).trim()]
    }),
  )
}

export const needsSecret = (method: FlowAuthMethod): boolean => method.startsWith('client_secret')
