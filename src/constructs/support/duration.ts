import { Duration } from 'aws-cdk-lib';

/** True when a duration is known at synthesis and shorter than so many days. A token is not known: the checks read the template. */
export function isShorter(duration: Duration | undefined, days: number): boolean {
  return duration !== undefined && !duration.isUnresolved() && duration.toDays({ integral: false }) < days;
}
