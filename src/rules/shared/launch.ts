import { Evaluation, Property, ResourceReader, Truth } from '../kernel';

const TEMPLATE = 'AWS::EC2::LaunchTemplate';
export const LAUNCH_CONFIGURATION = 'AWS::AutoScaling::LaunchConfiguration';
/** What says how an instance is launched. */
export const LAUNCHED = ['AWS::EC2::Instance', TEMPLATE, LAUNCH_CONFIGURATION];

/**
 * Asks a setting where it stands: on an instance, or else in the launch template that the instance names; in a launch template's data;
 * on a launch configuration. `inTemplate` differs where the two types spell a setting differently.
 */
export function launchSetting(resource: ResourceReader, model: Evaluation, path: string, ask: (setting: Property) => Truth, inTemplate = path): Truth {
  if (resource.type === TEMPLATE) return ask(resource.get(`LaunchTemplateData.${inTemplate}`));
  const own = resource.get(path);
  const named = resource.get('LaunchTemplate');
  if (!own.missing || named.missing) return ask(own);
  const template = named.get('LaunchTemplateId').target() ?? model.ofType(TEMPLATE).find((one) => named.get('LaunchTemplateName').names(one).yes);
  if (template?.type === TEMPLATE) return ask(template.get(`LaunchTemplateData.${inTemplate}`));
  return Truth.unknown('the launch template that the instance uses is not in the templates given');
}
