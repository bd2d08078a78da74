import { config } from 'zod'

// Must be imported before any schema is made: without this, zod tries `new Function` once, which the page's CSP reports as an
// attack even though zod catches it.
config({ jitless: true })
