/** Milliseconds of processor time of this process: what a test may hold a limit to, since a busy machine takes none of it away. */
export function processorTime(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}
