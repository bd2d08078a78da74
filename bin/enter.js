'use strict'

const { existsSync } = require('node:fs')
const { join } = require('node:path')
const { pathToFileURL } = require('node:url')

const cli = join(__dirname, '..', 'out', 'main', 'cli.js')

if (existsSync(cli)) {
  import(pathToFileURL(cli).href)
} else {
  console.error(
    'grantscope is not built yet: run "npm ci" and "npm run build" in its folder first, or "npm start".',
  )
  process.exitCode = 1
}
