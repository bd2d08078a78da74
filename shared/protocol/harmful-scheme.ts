const HARMFUL = /^(javascript|data|vbscript|blob|file|about|view-source|filesystem):/i

/** Whether a browser that is sent to this URI would itself run or read something (RFC 8252 7.1, RFC 7591 5). */
export const hasHarmfulScheme = (uri: string): boolean => HARMFUL.test(uri)
