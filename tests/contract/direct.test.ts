import { createGrantscope } from '../../electron/server/index.ts'
import { directTransport, ISSUER, testOptions } from '../support/core.ts'
import { runContractSuite } from './run.ts'

runContractSuite('called directly', async () => {
  const grantscope = await createGrantscope({ ...testOptions, log: console.log })
  const { provider } = grantscope
  grantscope.listening({ issuer: ISSUER, control: null, warnings: [], fetch: provider })
  return {
    transport: directTransport(grantscope),
    send: (path, init) => provider(new Request(ISSUER + path, init)),
    close: grantscope.close,
  }
})
