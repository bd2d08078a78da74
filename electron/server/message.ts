/** Header fields of a request by name, whatever its case; several of one name are one, as RFC 9110 5.2 puts them together. */
export type HeaderFields = Pick<Headers, 'get' | 'has'> & Iterable<[name: string, value: string]>

/** A request, whole and in memory: what sockets and `Request` both become before the issuer reads it. */
export interface WholeRequest {
  method: string
  url: URL
  headers: HeaderFields
  /** Empty for a GET or HEAD, and where none came. */
  body: Uint8Array
}

/** An answer, whole and in memory. That of a HEAD has the body a GET would get; whoever sends it leaves it out. */
export interface WholeResponse {
  status: number
  headers: [name: string, value: string][]
  body: Uint8Array
  /**
   * How the connection ends before the answer is whole; left out, all of it is sent. `drop`: without an answer. `hang`: never, unless the
   * client gives up or the host closes. A number: after so many bytes of the body.
   */
  breakOff?: 'drop' | 'hang' | number
}
