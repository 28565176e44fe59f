import { any, Evaluation, Property, ResourceReader, shortPath, Truth } from '../kernel';
import { sameAs } from './same';

/**
 * What a check says of the configuration that a place names, such as the security configuration of a job: by reference, or by its `Name`.
 * No when none is named; open when the one that is named is not among the templates given.
 */
export function namedConfiguration(place: Property, type: string, model: Evaluation, check: (configuration: ResourceReader) => Truth): Truth {
  const present = place.isPresent();
  if (!present.yes) return present;
  const configuration = place.target() ?? model.ofType(type).find((one) => any([place.names(one), sameAs(place, one.get('Name'))]).yes);
  return configuration?.type === type ? check(configuration) : Truth.unknown(`what ${shortPath(place.path)} names is not among the templates given`);
}
