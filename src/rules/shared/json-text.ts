import { isObject, Json, JsonObject, put } from '../../template/json';
import { showPart } from '../../template/value';
import { Evaluation, Property, ResourceReader } from '../kernel';

/**
 * A place that holds an object, or the JSON text of one (`PolicyDocument: !Sub '{…}'`): the object. What the text leaves to deployment stays
 * open below: a reference in it is written back as `Fn::Sub`. A text that is no JSON stays what it is.
 */
export function jsonAt(place: Property, resource: ResourceReader, model: Evaluation): Property {
  if (place.value.kind !== 'text' && place.scalar === undefined) return place;
  const json = parse(place.parts.map(showPart).join(''));
  return json === undefined ? place : new Property(model, place.path, { kind: 'known', json, template: resource.resource.template });
}

function parse(text: string): Json | undefined {
  try {
    return withReferences(JSON.parse(text) as Json);
  } catch {
    return undefined;
  }
}

function withReferences(json: Json): Json {
  if (typeof json === 'string') return json.includes('${') ? { 'Fn::Sub': json } : json;
  if (Array.isArray(json)) return json.map(withReferences);
  if (!isObject(json)) return json;
  const result: JsonObject = {};
  for (const key of Object.keys(json)) put(result, key, withReferences(json[key]));
  return result;
}
