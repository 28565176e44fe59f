import { Parameter } from '../../template/model';
import { isReference, UnknownPart } from '../../template/value';
import { all, any, applies, Property, ResourceReader, shortPath, Truth, when } from '../kernel';
import { placesAt } from './places';

/**
 * Whether the secrets of a resource stay out of its template, its parameters and what the console shows of them.
 * A resource without any of them is not concerned.
 */
export function secretsKept(resource: ResourceReader, paths: readonly string[]): Truth {
  const places = paths.flatMap((path) => placesAt(resource, path));
  return applies(
    any(places.map((place) => place.isPresent())),
    'no secret is set here',
    () => all(...places.map((place) => when(place.isPresent(), () => notPlaintext(place)))),
  );
}

/**
 * Yes when a secret is looked up at deployment or handed over in a hidden parameter; no when whoever reads the template, the stack's
 * parameters or a plain SSM parameter can read it too.
 */
export function notPlaintext(place: Property): Truth {
  const name = shortPath(place.path);
  const service = lookup(place.seen());
  if (service) return Truth.of(service !== 'ssm', `${name} is looked up in a plain SSM parameter`);
  const parameters = parametersIn(place);
  for (const parameter of parameters) {
    if (!parameter.noEcho) return Truth.no(`${name} comes from parameter ${parameter.name}, which is not NoEcho`);
    if (parameter.default !== undefined && parameter.default !== '') return Truth.no(`${name} comes from parameter ${parameter.name}, which has a default`);
  }
  if (parameters.length) return Truth.YES;
  if (place.scalar !== undefined) return Truth.no(`${name} is written in the template`);
  const source = place.target();
  if (source?.type === 'AWS::SSM::Parameter') return Truth.no(`${name} is taken from a plain SSM parameter`);
  return source?.type.startsWith('AWS::SecretsManager::') ? Truth.YES : place.openTruth();
}

/** The service that a dynamic reference asks for the value: `secretsmanager`, `ssm-secure` or, in plain text, `ssm`. */
export function lookup(place: Property): string | undefined {
  const services = unknownParts(place).map((part) => part.dynamic);
  return services.find((service) => service === 'ssm') ?? services.find((service) => service !== undefined);
}

/** The parameters that a value is, or is made of, as declared: that of a nested stack's parent where it was passed on. */
function parametersIn(place: Property): Parameter[] {
  const { value } = place;
  if (value.kind === 'known') return value.origin?.declared ? [value.origin.declared] : [];
  return unknownParts(place).flatMap((part) => part.declared ?? []);
}

function unknownParts(place: Property): UnknownPart[] {
  return place.parts.filter((part): part is UnknownPart => typeof part === 'object' && !isReference(part));
}
