import { isReference, Part } from '../../template/value';
import { all, any, applies, Property, ResourceReader, shortPath, Truth, when } from '../kernel';
import { placesAt } from './places';

const LOOKUP = /\{\{resolve:(secretsmanager|ssm-secure|ssm):/;

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
  // A nested template may pass on its parent's default, so what is known is judged by where it came from.
  const { value } = place;
  if (value.kind === 'known' && value.origin?.note.startsWith('default')) return Truth.no(`${name} is the ${value.origin.note}`);
  const { parameter } = place;
  if (parameter) {
    if (!parameter.noEcho) return Truth.no(`${name} comes from parameter ${parameter.name}, which is not NoEcho`);
    return Truth.of(!parameter.hasDefault, `${name} comes from parameter ${parameter.name}, which has a default`);
  }
  if (place.scalar !== undefined) return Truth.no(`${name} is written in the template`);
  const source = place.target();
  if (source?.type === 'AWS::SSM::Parameter') return Truth.no(`${name} is taken from a plain SSM parameter`);
  return source?.type.startsWith('AWS::SecretsManager::') ? Truth.YES : place.openTruth();
}

/** The service that a dynamic reference asks for the value: `secretsmanager`, `ssm-secure` or, in plain text, `ssm`. */
export function lookup(place: Property): string | undefined {
  const services = place.parts.map(lookupOfPart);
  return services.find((service) => service === 'ssm') ?? services.find((service) => service !== undefined);
}

/** CDK writes `{{resolve:secretsmanager:` + a reference + `:SecretString:password::}}`: the service stands in the piece before the reference. */
function lookupOfPart(part: Part): string | undefined {
  if (typeof part === 'string') return LOOKUP.exec(part)?.[1];
  return isReference(part) ? undefined : part.dynamic;
}
