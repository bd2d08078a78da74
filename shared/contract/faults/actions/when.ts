import { z } from 'zod'

/** `after`: the work is done and stored. */
export const when = z.enum(['before', 'after'])
