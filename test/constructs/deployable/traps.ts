import { BUCKET_TRAPS } from './buckets';
import { FUNCTION_TRAPS } from './functions';
import { KEY_TRAPS } from './keys';
import { LOG_TRAPS } from './logs';
import { MESSAGE_TRAPS } from './messages';
import { evaluate } from '../../../src/rules';
import { Model } from '../../../src/template/model';

const TRAPS = [...BUCKET_TRAPS, ...FUNCTION_TRAPS, ...KEY_TRAPS, ...LOG_TRAPS, ...MESSAGE_TRAPS];

/** What the traps find in all templates, following references across them. What cannot be told is no finding. */
export function trapped(model: Model): string[] {
  const resources = model.templates.flatMap((template) => [...template.resources.values()]);
  return resources.flatMap((resource) => TRAPS.filter(({ resourceTypes }) => resourceTypes.includes(resource.type)).flatMap((trap) => {
    const { verdict, message, reason, crashed } = evaluate(trap, resource);
    if (crashed) throw new Error(`${resource.id}: ${reason}`);
    return verdict === 'fail' ? [`${resource.id}: ${message}`] : [];
  }));
}
