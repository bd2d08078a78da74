import { defineCommand, UsageError } from '../command.ts'
import { connect, connectOptions } from '../connect.ts'

/** Prints what a running issuer has recorded, to hand on. */
export const exportTraces = defineCommand({
  name: 'export',
  summary: 'Print recorded traces as HAR or Markdown',
  usage: '--har|--markdown [trace ...] [options]',
  options: {
    har: { type: 'boolean', help: 'As HTTP Archive 1.2' },
    markdown: { type: 'boolean', help: 'As text for an issue tracker, with diagram and findings' },
    'include-secrets': { type: 'boolean', help: 'Leave passwords, secrets, codes and tokens in' },
    ...connectOptions,
  },
  notes: 'Traces go by their id; without one, the latest thousand are printed.',
  async run({ values, positionals: ids }, io) {
    if (Boolean(values.har) === Boolean(values.markdown))
      throw new UsageError('name one format: --har or --markdown')
    const connection = await connect(values, io)
    const { text } = await connection.call('traces.export', {
      format: values.har ? 'har' : 'markdown',
      includeSecrets: values['include-secrets'] ?? false,
      ...(ids.length > 0 ? { ids } : {}),
    })
    io.out(text)
    return 0
  },
})
