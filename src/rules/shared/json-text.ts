import { documentAt, Property, ResourceReader } from '../kernel';

/**
 * A place that holds an object, or the JSON text of one (`PolicyDocument: !Sub '{…}'`): the object. What the text leaves to deployment stays
 * open below. A text that is no JSON stays what it is. Policies need not ask for it: {@link Property.policy} reads both.
 */
export function jsonAt(place: Property, resource: ResourceReader): Property {
  return documentAt(place, resource.resource.template);
}
