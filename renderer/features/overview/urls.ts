export interface IssuerUrl {
  id: string
  label: string
  url: string
}

/** The URLs an app is configured with, from the issuer's own (no trailing slash). */
export const issuerUrls = (issuer: string): IssuerUrl[] => [
  { id: 'issuer', label: 'Issuer', url: issuer },
  { id: 'discovery', label: 'OpenID discovery', url: `${issuer}/.well-known/openid-configuration` },
  { id: 'token', label: 'Token endpoint', url: `${issuer}/token` },
  { id: 'jwks', label: 'Signing keys (JWKS)', url: `${issuer}/jwks` },
  { id: 'docs', label: 'API docs (Swagger UI)', url: `${issuer}/docs` },
]
