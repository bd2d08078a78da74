interface Named {
  name: string
  url: string
}

/** Something that one issuer gave, or a user or client that it alone knows. */
export interface OwnerFacts {
  /** In words, such as "refresh token" or "client demo-web". */
  what: string
  /** Whether a setting binds it to its issuer; otherwise it comes from there. */
  bound: boolean
  owner: Named
  /** The issuer it was shown to. */
  asked: Named
}

/** How the issuer's metadata was asked for. */
export interface AddressFacts {
  /** Scheme, host and port the client used, as far as Host and what proxies say can tell. */
  seen: string
  /** The issuer's URL, which the answer has. */
  issuer: string
  /** Whether --issuer fixes that URL. */
  fixed: boolean
}
