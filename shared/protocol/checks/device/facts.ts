/** What there is to know of a poll with a device code (RFC 8628 3.4). */
export interface DeviceCodeFacts {
  deviceCode: string | undefined
  clientId: string
  now: number
  /** Null for a code nobody was given. */
  record: {
    clientId: string
    expiresAt: number
    consumedAt: number | null
    deniedAt: number | null
    /** What the user granted; null while they have not. */
    grantId: string | null
    /** Seconds the client must leave between two polls. */
    interval: number
    /** The poll before this one; null for the first. */
    polledAt: number | null
  } | null
}

/** What there is to know of a user code that was typed in, or is about to be answered (RFC 8628 3.3). */
export interface UserCodeFacts {
  /** In capitals, and without what is no letter. */
  userCode: string
  now: number
  /** Null for a code no device was given. */
  record: { expiresAt: number; deniedAt: number | null; grantId: string | null } | null
}
