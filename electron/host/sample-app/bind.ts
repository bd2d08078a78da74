import { ListenError, type Listener, listen } from '../listen.ts'
import { createSampleApp, type SampleAppOptions } from './sample-app.ts'

/** Nobody who asked for a free issuer port has asked for 4402. */
export const defaultSamplePort = (issuerPort: number): number => (issuerPort === 0 ? 0 : 4402)

/**
 * Puts the sample app on its port. Where the port may move, nothing about the sample app keeps the rest from starting: it takes a
 * free port, or stays away, with a warning.
 * @throws ListenError when the port was asked for and cannot be had
 */
export async function bindSampleApp(
  asked: { port: number; mayMove: boolean } | null,
  options: Omit<SampleAppOptions, 'port'>,
  warnings: string[],
): Promise<Listener | null> {
  if (asked === null) return null
  let bound = asked.port
  const handler = createSampleApp({ ...options, port: () => bound })
  const open = async (port: number): Promise<Listener> => {
    const listener = await listen(handler, { host: '127.0.0.1', port })
    bound = listener.port
    return listener
  }
  try {
    return await open(asked.port)
  } catch (error) {
    if (!asked.mayMove || !(error instanceof ListenError)) throw error
    return moved(open, asked.port, warnings)
  }
}

async function moved(
  open: (port: number) => Promise<Listener>,
  taken: number,
  warnings: string[],
): Promise<Listener | null> {
  try {
    const listener = await open(0)
    warnings.push(`Port ${taken} is not free; the sample app listens on ${listener.port} instead.`)
    return listener
  } catch (error) {
    warnings.push(`There is no sample app: ${(error as Error).message}.`)
    return null
  }
}
