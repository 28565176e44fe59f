/** True for a calendar day written `YYYY-MM-DD` that exists. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().slice(0, 10) === text;
}

/**
 * The day that a run is about: the given day, else the one of `SOURCE_DATE_EPOCH` (seconds since 1970, UTC), else today in UTC.
 *
 * @throws Error when the given day is not `YYYY-MM-DD`, or the variable is not a number of seconds.
 */
export function asOfDay(given: string | undefined, env: NodeJS.ProcessEnv = process.env): string {
  if (given !== undefined) {
    if (!isDay(given)) throw new Error(`the as-of day must be YYYY-MM-DD, got ${JSON.stringify(given)}`);
    return given;
  }
  const epoch = env.SOURCE_DATE_EPOCH;
  if (epoch !== undefined && epoch !== '') {
    if (!/^\d{1,11}$/.test(epoch)) throw new Error(`SOURCE_DATE_EPOCH must be a number of seconds, got ${JSON.stringify(epoch)}`);
    return new Date(Number(epoch) * 1000).toISOString().slice(0, 10);
  }
  return new Date().toISOString().slice(0, 10);
}
