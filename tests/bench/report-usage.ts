/** What a server under measurement tells the bench. */
export interface Usage {
  /** Microseconds of CPU so far, user and system, on all threads. */
  cpu: number
  /** Resident bytes. */
  memory: number
}

function usage(): Usage {
  const { user, system } = process.cpuUsage()
  return { cpu: user + system, memory: process.memoryUsage.rss() }
}

// Loaded into each server before its own code; the bench asks over the channel it was spawned with.
process.on('message', () => process.send?.(usage(), () => {}))
process.channel?.unref()
