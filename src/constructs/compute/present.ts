/** The properties that say something: CDK warns of a deprecated one even when it is undefined. */
export function present<P extends object>(props: P): P {
  return Object.fromEntries(Object.entries(props).filter(([, value]) => value !== undefined)) as P;
}
