import bcrypt from 'bcrypt'

// Threat: guessing a password from a stolen hash, and telling from the time of an answer which usernames exist.

/** bcrypt reads the first 72 bytes only: a longer password would be accepted with any ending. */
const BCRYPT_BYTES = 72

export interface Passwords {
  hash(password: string): Promise<string>
  /** True for the right password. Without a hash (unknown user) it takes the same time and is false. */
  verify(password: string, hash: string | null): Promise<boolean>
  /** Whether a hash was made at a lower cost than is asked for now. */
  isOutdated(hash: string): boolean
}

/** @param cost bcrypt's cost, read at each use since it can change while running */
export function createPasswords(cost: () => number): Passwords {
  const decoys = new Map<number, Promise<string>>()
  const decoy = (rounds: number) => {
    const known = decoys.get(rounds) ?? bcrypt.hash('nobody has this password', rounds)
    decoys.set(rounds, known)
    return known
  }
  return {
    hash: (password) => bcrypt.hash(password, cost()),
    async verify(password, hash) {
      const usable = hash !== null && Buffer.byteLength(password) <= BCRYPT_BYTES
      const matches = await bcrypt.compare(password, usable ? hash : await decoy(cost()))
      return usable && matches
    },
    isOutdated: (hash) => bcrypt.getRounds(hash) < cost(),
  }
}
