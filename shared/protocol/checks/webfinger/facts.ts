/** Of whom a WebFinger query asks (RFC 7033 4.1). */
export interface WebFingerFacts {
  /** Every value of the parameter `resource`. */
  resources: readonly string[]
  /** URL of the issuer that the resource belongs to; null for none. */
  issuer: string | null
}
