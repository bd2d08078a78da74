/** How the key of the content is encrypted for an RSA key (RFC 7518 4.3). RSA1_5 is left out (RFC 8725 3.2). */
export const rsaEncryptions = ['RSA-OAEP', 'RSA-OAEP-256'] as const

/** How it is agreed upon with a key on a curve (RFC 7518 4.6). */
export const agreementEncryptions = ['ECDH-ES', 'ECDH-ES+A128KW', 'ECDH-ES+A256KW'] as const

/** How a key made of the client's secret is used (RFC 7518 4.4, 4.5, OpenID Connect Core 1.0 10.2). */
export const secretEncryptions = ['dir', 'A128KW', 'A256KW'] as const

/** What `alg` of a JWE may be. */
export const keyEncryptions = [...rsaEncryptions, ...agreementEncryptions, ...secretEncryptions] as const
export type KeyEncryption = (typeof keyEncryptions)[number]

/** What `enc` of a JWE may be (RFC 7518 5.1). */
export const contentEncryptions = ['A128CBC-HS256', 'A256CBC-HS512', 'A128GCM', 'A256GCM'] as const
export type ContentEncryption = (typeof contentEncryptions)[number]

/** What `enc` is when only an `alg` was registered (OpenID Connect Registration 1.0 2). */
export const DEFAULT_CONTENT_ENCRYPTION: ContentEncryption = 'A128CBC-HS256'

/** Whether the algorithm rests on the secret of the client, not on a key pair. */
export const isSecretEncryption = (alg: unknown): boolean => secretEncryptions.some((known) => known === alg)
