import { all, any, applies, Evaluation, Property, ResourceReader, Truth } from '../kernel';

export const STAGE = 'AWS::ApiGateway::Stage';
export const DEPLOYMENT = 'AWS::ApiGateway::Deployment';
/** What makes a stage of a REST API. */
export const STAGES = [STAGE, DEPLOYMENT, 'AWS::Serverless::Api'];
/** What makes a stage of an HTTP or WebSocket API. */
export const HTTP_STAGES = ['AWS::ApiGatewayV2::Stage', 'AWS::Serverless::HttpApi'];

/** Asks the stage that a resource makes. A deployment makes one of its own when it names it; one that is for a stage is judged there. */
export function stageOf(resource: ResourceReader, model: Evaluation, ask: (stage: Property) => Truth): Truth {
  if (resource.type !== DEPLOYMENT) return ask(resource.properties());
  const description = resource.get('StageDescription');
  if (model.referrers(resource, STAGE, 'DeploymentId').length) return Truth.skip('the stage of the deployment is judged by itself');
  return applies(any([resource.get('StageName').isPresent(), description.isPresent()]), 'the deployment makes no stage', () => ask(description));
}

/** A place of method settings, and whether they are for every method. */
export interface Settings { readonly at: Property; readonly everywhere: Truth }

/** The settings of methods that say something of a key, or that could: a stage description holds some for all methods beside the list. */
export function settingsOf(stage: Property, key: string): { items: Settings[]; open?: string } {
  const own: Settings[] = stage.get(key).missing ? [] : [{ at: stage, everywhere: Truth.YES }];
  const { items, open } = stage.get('MethodSettings').list();
  if (!items.length) stage.get('MethodSettings').seen();
  const listed = items.map((at) => ({ at, everywhere: all(at.get('HttpMethod').is('*'), at.get('ResourcePath').oneOf(['/*', '*'])) }));
  return { items: [...own, ...listed], open };
}

/** The settings of each place answer yes; where one leaves the key out, those for every method count. */
export function everyMethod(stage: Property, key: string, ask: (value: Property) => Truth): Truth {
  const { items, open } = settingsOf(stage, key);
  const more = open === undefined ? [] : [Truth.unknown(`MethodSettings: ${open}`)];
  const everywhere = any([...items.map((one) => all(one.everywhere, ask(one.at.get(key)))), ...more], `no setting of ${key} for every method`);
  if (!items.length) return everywhere;
  return all(...items.map((one) => (one.at.get(key).missing ? everywhere : ask(one.at.get(key)))), ...more);
}
