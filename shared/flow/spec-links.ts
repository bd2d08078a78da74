export interface SpecPart {
  /** As the spec was written: "RFC 6749 4.3.2", "5.2". */
  text: string
  /** The section at the RFC editor, or the OpenID Foundation's document; null for what is neither. */
  url: string | null
}

/** Takes "RFC 6749 4.3.2, 5.2, RFC 7617 2" apart; a part without a document belongs to the one before it. */
export function specParts(spec: string): SpecPart[] {
  let rfc: string | null = null
  let openid: string | null = null
  return spec.split(',').map((piece) => {
    const text = piece.trim()
    const named = /^RFC ?(\d{1,5})\b\s*(.*)$/i.exec(text)
    if (named || !/^(?:\d|appendix\b)/i.test(text)) {
      rfc = named?.[1] ?? null
      openid = openidUrl(text)
    }
    return { text, url: rfc === null ? openid : rfcUrl(rfc, named ? named[2]! : text) }
  })
}

/** Their sections have names for anchors, not numbers: the document must do. */
const openidDocuments: Readonly<Record<string, string>> = {
  'OpenID Connect Core': 'openid-connect-core-1_0',
  'OpenID Connect Discovery': 'openid-connect-discovery-1_0',
  'OpenID Connect RP-Initiated Logout': 'openid-connect-rpinitiated-1_0',
  'OAuth 2.0 Multiple Response Types': 'oauth-v2-multiple-response-types-1_0',
  JARM: 'oauth-v2-jarm',
}

function openidUrl(text: string): string | null {
  const name = Object.keys(openidDocuments).find((known) => text === known || text.startsWith(`${known} `))
  return name === undefined ? null : `https://openid.net/specs/${openidDocuments[name]}.html`
}

function rfcUrl(rfc: string, place: string): string {
  const base = `https://www.rfc-editor.org/rfc/rfc${rfc}`
  const appendix = /^appendix\s+([A-Z][\d.]*)$/i.exec(place)
  if (appendix) return `${base}#appendix-${appendix[1]!.toUpperCase()}`
  return /^[\dA-Z][\d.]*$/i.test(place) ? `${base}#section-${place}` : base
}
