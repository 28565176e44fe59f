import { Property, ResourceReader } from '../kernel';

/** The places that a path names, where `[]` stands for every element of a list: `Users[].Password`. A list that is not known gives one place that is not. */
export function placesAt(resource: ResourceReader, path: string): Property[] {
  const [first, ...rest] = path.split('[]');
  return rest.reduce<Property[]>((places, keys) => places.flatMap((place) => {
    const { items, open } = place.list();
    return [...items, ...open === undefined ? [] : [place]].map((item) => (keys === '' ? item : item.get(keys.slice(1))));
  }), [resource.get(first)]);
}
