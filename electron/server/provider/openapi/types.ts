// As much of OpenAPI 3.1 as the issuer says of itself.

/** JSON Schema 2020-12. */
export type Schema = Readonly<Record<string, unknown>>

export interface MediaType {
  schema: Schema
  example?: unknown
}

export interface Response {
  description: string
  headers?: Record<string, { description: string; schema: Schema }>
  content?: Record<string, MediaType>
}

/** One of these must be met: scheme by name, with the scopes it must have. */
export type SecurityRequirement = Readonly<Record<string, readonly string[]>>

export interface Operation {
  operationId: string
  tags: string[]
  summary: string
  /** CommonMark. */
  description?: string
  parameters?: readonly {
    name: string
    in: 'query' | 'path' | 'header'
    description: string
    required: boolean
    schema: Schema
  }[]
  security: readonly SecurityRequirement[]
  requestBody?: { required: boolean; content: Record<string, MediaType> }
  /** By status. */
  responses: Record<string, Response>
}

export type PathItem = Partial<Record<'get' | 'post' | 'put' | 'delete', Operation>>
export type Paths = Readonly<Record<string, PathItem>>
