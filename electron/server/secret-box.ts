/** Seals secrets of others before they are written to the database. A host has one where its system has a key store. */
export interface SecretBox {
  /** What keeps them, in words. */
  readonly name: string
  readonly kept: 'system' | 'plain'
  seal(text: string): string
  /** @throws when what was sealed cannot be opened here, as on another machine */
  open(sealed: string): string
}

/** Where there is no key store: the file's own permissions are all there is. */
export const plainBox: SecretBox = {
  name: 'this database, as plain text',
  kept: 'plain',
  seal: (text) => text,
  open: (sealed) => sealed,
}

const SEALED = 'sealed:'

/** A box that also opens what was kept in plain, before the system had a key store or by another host. */
export const withPlainBefore = (box: SecretBox): SecretBox =>
  box.kept === 'plain'
    ? {
        ...box,
        open(sealed) {
          if (sealed.startsWith(SEALED)) throw new Error('It was sealed by the key store of another program.')
          return box.open(sealed)
        },
      }
    : {
        ...box,
        seal: (text) => SEALED + box.seal(text),
        open: (sealed) => (sealed.startsWith(SEALED) ? box.open(sealed.slice(SEALED.length)) : sealed),
      }
