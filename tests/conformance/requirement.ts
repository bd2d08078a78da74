/** A test that holds a requirement: its file under tests/, and its title as the source has it. */
export interface Holding {
  file: string
  title: string
}

/** Something a standard demands of an authorization server. */
export interface Requirement {
  /** Of the standard, such as "4.1.2". */
  section: string
  level: 'MUST' | 'MUST NOT'
  /** In our own words. */
  text: string
  /** What holds it, or why nothing does. */
  held: readonly Holding[] | { notDone: string } | { notOurs: string }
}

export interface Standard {
  /** "RFC 6749", "OpenID Connect Core 1.0". */
  name: string
  title: string
  /** Null for what is written in no standard. */
  url: string | null
  requirements: readonly Requirement[]
}

type Held = Requirement['held']

export const must = (section: string, text: string, ...held: Held[]): Requirement =>
  requirement('MUST', section, text, held)

export const mustNot = (section: string, text: string, ...held: Held[]): Requirement =>
  requirement('MUST NOT', section, text, held)

/** Tests of one file. */
export const by = (file: string, ...titles: string[]): readonly Holding[] =>
  titles.map((title) => ({ file, title }))

/** The tests of one file, to be named by their titles. */
export const inFile =
  (file: string) =>
  (...titles: string[]) =>
    by(file, ...titles)

/** An honest gap, and why it is there. */
export const notDone = (why: string) => ({ notDone: why })

/** Binds whoever runs the server, or says nothing that could be seen from outside. */
export const notOurs = (why: string) => ({ notOurs: why })

function requirement(
  level: Requirement['level'],
  section: string,
  text: string,
  held: readonly Held[],
): Requirement {
  const reason = held.find((one) => !Array.isArray(one))
  if (reason) return { section, level, text, held: reason }
  return { section, level, text, held: held.flat() as Holding[] }
}
