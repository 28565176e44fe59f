import { Model } from '../../src/template/model';

/** What CloudFormation or the service would refuse, or accept and never do, although the template is well-formed. */
export function undeployable(_model: Model): string[] {
  return [];
}
