import { Property, Truth } from '../kernel';

/** Something stands here, be it empty: for objects whose presence alone decides, such as `Block: {}`. */
export function stands(place: Property): Truth {
  return place.undecided ? place.openTruth() : Truth.of(!place.seen().missing, 'it is absent');
}
