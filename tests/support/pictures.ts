import { copyFile, mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from '@playwright/test'

const root = join(import.meta.dirname, '../..')
/** Ignored by git: made anew by every run. */
const folder = join(root, 'screenshots')

/** What the README shows, by theme and place; taken over from a run with UPDATE_PICTURES. */
const ofReadme: Record<string, string> = {
  'light/traces-trace': 'trace.png',
  'dark/flows': 'flows.png',
  'dark/lab': 'lab.png',
}

/** Ids that are no record's. */
const views = ['compare', 'new', 'presets']

/** "traces/trace-abc?step=1" is "traces-trace": ids are another in each run, names of pictures are not. */
export const pictureName = (place: string): string => {
  const [path = '', query = ''] = place.split('?')
  const [section = '', id = ''] = path.split('/')
  const view = [
    /^trace-/.test(id) ? 'trace' : views.includes(id) ? id : '',
    query.match(/^(tab|view)=(\w+)/)?.[2],
  ]
  return [section, ...view].filter(Boolean).join('-')
}

/** Keeps what a place looks like now, in `screenshots/<theme>/`. */
export async function takePicture(page: Page, theme: 'light' | 'dark', place: string): Promise<void> {
  const name = `${theme}/${pictureName(place)}`
  const path = join(folder, `${name}.png`)
  await page.screenshot({ path, animations: 'disabled', caret: 'hide' })
  const shown = ofReadme[name]
  if (!process.env.UPDATE_PICTURES || !shown) return
  await mkdir(join(root, 'docs/pictures'), { recursive: true })
  await copyFile(path, join(root, 'docs/pictures', shown))
}
