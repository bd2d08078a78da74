import { text } from 'node:stream/consumers'
import { main } from './program.ts'

// A reader that has seen enough (`grantscope schema | head`) closes the pipe; that is no crash.
for (const stream of [process.stdout, process.stderr])
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
  })

process.exitCode = await main(process.argv.slice(2), {
  out: (chunk) => process.stdout.write(chunk),
  err: (chunk) => process.stderr.write(chunk),
  stdin: () => text(process.stdin),
  env: process.env,
  now: () => Date.now(),
})
