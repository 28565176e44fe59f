import { awsDefaults } from '../aws-defaults';
import { AwsDefault, Property, ResourceReader } from '../kernel';

const FACTS: Readonly<Record<string, AwsDefault>> = awsDefaults;

/** A property of the resource, with what AWS does for its own type where it is absent: for rules over several types whose defaults are separate facts. */
export function withDefault(resource: ResourceReader, path: string): Property {
  const fact = FACTS[`${resource.type}.${path}`];
  return fact === undefined ? resource.get(path) : resource.get(path).awsDefault(fact);
}
