/**
 * Ends the process with exit code 2 and one line when Node is too old for the scripts. Import it
 * first: everything imported after it may rely on Node 20.
 */
const oldest = 20
const found = process.versions.node

if (Number.parseInt(found, 10) < oldest) {
  process.stderr.write(
    `Grantscope needs Node ${oldest} or newer; this is Node ${found}. See https://nodejs.org\n`,
  )
  process.exit(2)
}
