import { tagsOf } from './tags';
import { DATA_CLASS_KEY, dataClassNamed, notADataClass, SENSITIVE } from '../../declarations/data-class';
import { Property, ResourceReader, Truth } from '../kernel';

/** Where the class of a resource is written, or why that cannot be told. */
interface Written { readonly place?: Property; readonly open?: string }

/** Somebody said that the data of the resource is confidential or personal: by the tag `soc2:data`, or in its metadata. */
export function sensitive(resource: ResourceReader): Truth {
  return asked(resource, (name) => {
    const found = dataClassNamed(name);
    return Truth.of(found !== undefined && SENSITIVE.includes(found), () => `its data is ${name}`);
  });
}

/** Somebody said how sensitive the data is. */
export function classified(resource: ResourceReader): Truth {
  for (const tags of tagsOf(resource)) tags.seen();
  return asked(resource, (name) => Truth.of(dataClassNamed(name) !== undefined, () => notADataClass(name)));
}

function asked(resource: ResourceReader, question: (name: string) => Truth): Truth {
  const { place, open } = find(resource);
  if (!place) return open === undefined ? NOT_CLASSIFIED : Truth.unknown(`its tags: ${open}`);
  place.seen();
  return place.scalar === undefined ? place.openTruth() : question(String(place.scalar));
}

const NOT_CLASSIFIED = Truth.no(`its data is not classified: it has no tag ${DATA_CLASS_KEY}`);

/** A tag counts before the metadata: it is what can be seen of the resource when it runs. */
function find(resource: ResourceReader): Written {
  let unsure: string | undefined;
  for (const tags of tagsOf(resource)) {
    const { items, open } = tags.isMap ? NONE : tags.list();
    const tag = tags.isMap ? tags.get(DATA_CLASS_KEY) : items.find((item) => item.get('Key').scalar === DATA_CLASS_KEY)?.get('Value');
    if (tag && !tag.missing) return { place: tag };
    unsure ??= open;
  }
  const metadata = resource.attribute('Metadata').get(DATA_CLASS_KEY);
  return metadata.missing ? { open: unsure } : { place: metadata };
}

const NONE: { readonly items: readonly Property[]; readonly open?: string } = { items: [] };
