import type { Reply } from '../reply.ts'

const silent = (breakOff: 'drop' | 'hang') => (): Reply => ({
  status: 0,
  headers: [],
  body: new Uint8Array(0),
  breakOff,
})

/** What the client gets instead of an answer. */
export const noAnswer = { drop: silent('drop'), hang: silent('hang') }
