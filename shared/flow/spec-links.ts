export interface SpecPart {
  /** As the spec was written: "RFC 6749 4.3.2", "5.2". */
  text: string
  /** The section at the RFC editor; null for what is no RFC. */
  url: string | null
}

/** Takes "RFC 6749 4.3.2, 5.2, RFC 7617 2" apart; a part without a document belongs to the one before it. */
export function specParts(spec: string): SpecPart[] {
  let rfc: string | null = null
  return spec.split(',').map((piece) => {
    const text = piece.trim()
    const named = /^RFC ?(\d{1,5})\b\s*(.*)$/i.exec(text)
    if (named) rfc = named[1]!
    else if (!/^(?:\d|appendix\b)/i.test(text)) rfc = null
    return { text, url: rfc === null ? null : rfcUrl(rfc, named ? named[2]! : text) }
  })
}

function rfcUrl(rfc: string, place: string): string {
  const base = `https://www.rfc-editor.org/rfc/rfc${rfc}`
  const appendix = /^appendix\s+([A-Z][\d.]*)$/i.exec(place)
  if (appendix) return `${base}#appendix-${appendix[1]!.toUpperCase()}`
  return /^[\dA-Z][\d.]*$/i.test(place) ? `${base}#section-${place}` : base
}
