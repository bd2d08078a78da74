import { type Browser, chromium } from '@playwright/test'
import { findBrowser } from '../../scripts/lib/browser.mjs'

/** A Chromium that starts when first asked for: the Electron project shares the fixtures and needs none. */
export interface Chromium {
  browser(): Promise<Browser>
  close(): Promise<void>
}

// Without these, Chromium keeps trying to reach its makers, which closed networks answer slowly.
const flags = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

export function lazyChromium(): Chromium {
  let started: Promise<Browser> | undefined
  return {
    browser() {
      started ??= start()
      return started
    },
    async close() {
      await (await started)?.close()
    },
  }
}

function start(): Promise<Browser> {
  const executablePath = findBrowser()
  if (!executablePath)
    throw new Error('No Chrome or Chromium was found; "npm test" installs or explains one.')
  return chromium.launch({ executablePath, args: flags })
}
