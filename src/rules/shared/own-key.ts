import { all, not, Property, Truth } from '../kernel';

/** A key that the organization manages is named: not the one that AWS manages for the service, `alias/aws/…`. */
export function ownKey(key: Property, service: string): Truth {
  // What is read off a resource names that resource, be it defined in another template.
  if (key.target() || key.readOffResource) return Truth.YES;
  return all(key.isPresent(), not(key.endsWith(`alias/aws/${service}`), `the key is the AWS managed key aws/${service}`));
}
