import { all, Property, ResourceReader, Truth } from '../kernel';

/** What SAM gives event sources to. */
export const SAM_TARGETS = ['AWS::Serverless::Function', 'AWS::Serverless::StateMachine'];

/** The properties of the event sources of some kinds that SAM makes: `Events: { Name: { Type, Properties } }`. `open` says why there may be more. */
export function samEvents(resource: ResourceReader, kinds: readonly string[]): { items: Property[]; open?: string } {
  const { items, open } = resource.get('Events').entries();
  const asked = items.map(({ value }) => ({ value, kind: value.get('Type').oneOf(kinds) }));
  const unsure = asked.find(({ kind }) => kind.open);
  return { items: asked.filter(({ kind }) => kind.yes).map(({ value }) => value.get('Properties')), open: open ?? unsure?.kind.message };
}

/** Every event source of some kinds answers yes. Without one the question does not arise. */
export function everySamEvent(resource: ResourceReader, kinds: readonly string[], ask: (event: Property) => Truth): Truth {
  const { items, open } = samEvents(resource, kinds);
  if (!items.length && open === undefined) return Truth.skip(`it has no event source of type ${kinds.join(', ')}`);
  return all(...items.map(ask), ...open === undefined ? [] : [Truth.unknown(open)]);
}
