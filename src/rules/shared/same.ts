import { Property, Truth } from '../kernel';

/** Whether two places hold the same: the same text, or references to the same resource. */
export function sameAs(place: Property, other: Property): Truth {
  const { scalar } = other;
  if (scalar !== undefined) return place.is(scalar);
  const target = other.target();
  if (target) return place.names(target);
  return other.missing ? Truth.no('there is nothing to compare with') : other.openTruth();
}
