/** Long enough for a slow machine, and far too short for what grows without end. In milliseconds of work. */
export const SOON = 10_000;

/** The milliseconds that this process has worked since `process.cpuUsage()` gave `before`. What others do on the machine meanwhile does not count. */
export function worked(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
