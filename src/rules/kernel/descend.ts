import { isIndex, shortPath } from './paths';
import { secretPair } from './show';
import { elementsOf, resolve, withOrigin } from '../../template/intrinsics';
import { isObject, JsonObject, kindOf } from '../../template/json';
import { ABSENT, madeOf, showPart, unknown, unknownIn, Value } from '../../template/value';
import { World } from '../../template/world';

/** What stands below a value, under a key or at a position of a list. Below what is absent nothing is; below what is not known, nobody knows. */
export function valueBelow(value: Value, key: string, path: string, world: World): Value {
  switch (value.kind) {
    case 'absent': return ABSENT;
    case 'unknown': return value.part.present === false ? value : madeOf(value.part, { present: false });
    case 'list': return isIndex(key) ? value.items[Number(key)] ?? (value.rest ? unknown(value.rest, { present: false }) : ABSENT) : notObject(path, 'a list');
    case 'text': {
      const part = unknownIn(value.parts);
      return part ? unknown(part.reason, { present: false }) : notObject(path, value.parts.map(showPart).join(''));
    }
    case 'known': {
      const { json, template, origin } = value;
      if (Array.isArray(json)) return isIndex(key) ? elementsOf(value, world)!.items[Number(key)] ?? ABSENT : notObject(path, 'a list');
      if (!isObject(json)) return notObject(path, kindOf(json));
      if (Object.prototype.hasOwnProperty.call(json, key)) {
        const child = resolve(json[key], template, world);
        if (origin) return withOrigin(child, origin);
        return (key === 'Value' || key === 'value') && secretPair(json) === key ? hidden(child) : child;
      }
      const open = completedBy(json);
      return open === undefined ? ABSENT : unknown(open, { present: false });
    }
  }
}

/** Nobody can tell what CloudFormation makes of a value of the wrong kind: what would be below it is neither there nor absent. */
function notObject(path: string, what: string): Value {
  return unknown(`${shortPath(path)} is ${what}, where an object was expected`, { present: false });
}

/** Why an object may hold more than it says: a function beside other keys is a macro, a loop or a mistake. */
export function completedBy(json: JsonObject): string | undefined {
  for (const key in json) if (key.startsWith('Fn::')) return 'a macro completes this object at deployment';
  return undefined;
}

/** The value of a pair whose name says that it is a secret. */
function hidden(value: Value): Value {
  if (value.kind !== 'known' && value.kind !== 'text') return value;
  return { ...value, origin: { ...value.origin ?? { note: 'hidden, as its name says that it is a secret' }, secret: true } };
}
