import { any, Property, ResourceReader, Truth } from '../kernel';
import { jsonAt } from './json-text';

/** A state of a workflow, and whether something around it answers its failures: a `Parallel` or `Map` state with a handler of its own. */
export interface State { readonly name: string; readonly at: Property; readonly enclosing: Truth }

export interface Workflow {
  readonly definition: Property;
  readonly states: readonly State[];
  /** Why there may be more states. */
  readonly open?: string;
}

/** Nobody nests states more deeply, and a hostile definition must not exhaust the stack. */
const DEEPEST = 50;

/** The definition of a state machine, as an object or as JSON text. */
export function workflowOf(machine: ResourceReader): Workflow {
  const written = ['Definition', 'DefinitionString'].map((name) => machine.get(name)).find((place) => !place.missing);
  if (!written) return { definition: machine.get('Definition'), states: [], open: 'the definition stands in a file that is not among the templates given' };
  const definition = jsonAt(written, machine);
  const states: State[] = [];
  const open: string[] = [];
  collect(definition.get('States'), Truth.no('nothing around it handles errors'), DEEPEST, states, open);
  if (!states.length && !open.length) open.push('the definition holds no states');
  return { definition, states, open: definition.isMap ? open[0] : 'the definition is not known to be an object' };
}

/** The state answers failures itself. */
export function handlesErrors(state: Property): Truth {
  return any([state.get('Retry').count(1), state.get('Catch').count(1)]);
}

function collect(place: Property, enclosing: Truth, depth: number, states: State[], open: string[]): void {
  const entries = place.entries();
  if (entries.open !== undefined) open.push(entries.open);
  if (depth === 0) {
    open.push('its states are nested too deeply');
    return;
  }
  for (const { key, value } of entries.items) {
    states.push({ name: key, at: value, enclosing });
    const branches = value.get('Branches').list();
    if (branches.open !== undefined) open.push(branches.open);
    const inner = [...branches.items, value.get('ItemProcessor'), value.get('Iterator')].map((one) => one.get('States')).filter((one) => !one.missing);
    if (!inner.length) continue;
    const around = any([enclosing, handlesErrors(value)]);
    for (const one of inner) collect(one, around, depth - 1, states, open);
  }
}
