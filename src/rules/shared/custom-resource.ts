import { isReference } from '../../template/value';
import { all, Property, ResourceReader, Truth } from '../kernel';
import { jsonAt } from './json-text';

/** Under which types CDK's `AwsCustomResource` stands in a template. Custom resources of one's own do what their code does, which no template shows. */
export const API_CALLS = ['Custom::AWS', 'AWS::CloudFormation::CustomResource'];

/** Regional settings are made where the call goes; those of the account are one for all Regions. */
export type Reach = 'region' | 'account';

/** The call that the resource makes when it is created: CDK writes it as JSON text, and as `Update` too where both are one. */
function apiCall(resource: ResourceReader): Property {
  const create = resource.get('Create');
  return jsonAt(create.missing ? resource.get('Update') : create, resource);
}

/** A parameter of the call, by its path. */
export function callParameter(resource: ResourceReader, path: string): Property {
  return apiCall(resource).get('parameters').get(path);
}

/**
 * The resource makes an API call. Service and action are patterns: `EC2` and `@aws-sdk/client-ec2` are one service,
 * `enableX`, `EnableX` and `EnableXCommand` one action.
 */
export function calls(resource: ResourceReader, service: string, action: string, reach: Reach = 'region'): Truth {
  const call = apiCall(resource);
  if (call.missing) return Truth.no('it makes no API call that can be read');
  return all(
    call.get('service').matches(new RegExp(`^(@aws-sdk/client-)?(${service})$`, 'i'), service),
    call.get('action').matches(new RegExp(`^(${action})(Command)?$`, 'i'), action),
    reach === 'account' ? Truth.YES : ownRegion(call.get('region'), resource),
  );
}

/** A call may go to another Region than that of its stack. */
function ownRegion(region: Property, resource: ResourceReader): Truth {
  if (region.missing || region.parts.some((part) => typeof part === 'object' && !isReference(part) && part.parameter === 'AWS::Region')) return Truth.YES;
  const own = resource.resource.template.context.region;
  return own === undefined ? Truth.unknown('the Region of the stack is known at deployment') : region.is(own);
}
