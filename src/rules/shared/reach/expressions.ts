import { isReference } from '../../../template/value';
import { Property } from '../../kernel';

/** The number that is known to stand here. */
export function numberAt(place: Property): number | undefined {
  const { scalar } = place.seen();
  return scalar !== undefined && String(scalar).trim() !== '' && Number.isInteger(Number(scalar)) ? Number(scalar) : undefined;
}

/** Two places hold the same text, reference or parameter, so they are equal whatever deployment makes of them. */
export function sameExpression(a: Property, b: Property): boolean {
  const write = (place: Property) => place.parts.map((part) => {
    if (typeof part === 'string') return part;
    return isReference(part) ? `${part.target.id}.${part.attribute}` : part.written ?? part.parameter ?? '';
  });
  const [first, last] = [write(a), write(b)];
  return first.length > 0 && first.every((text, at) => text !== '' && text === last[at]) && first.length === last.length;
}
