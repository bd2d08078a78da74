/** A LIKE pattern, for `ESCAPE '\'`, that finds this text anywhere, whatever characters it holds. */
export const containing = (text: string): string => `%${text.replace(/[\\%_]/g, '\\$&')}%`
