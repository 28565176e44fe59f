import { cycles } from './deployable/cycles';
import { trapped } from './deployable/traps';
import { Model } from '../../src/template/model';

/** What CloudFormation or the service would refuse, or accept and never do, although the template is well-formed: `<path#logicalId>: what and why`. */
export function undeployable(model: Model): string[] {
  return [...cycles(model), ...trapped(model)];
}
