import { IAspect } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import { Construct, IConstruct } from 'constructs';
import { makeSharedAccount, noteAccountSaid, waitForAccount } from './api-account';
import { secureDomain } from './domain-name-hardening';
import { guardStage, stageOptions } from './stage-hardening';
import { Hardening } from '../support/hardening';

const { IAM } = apigateway.AuthorizationType;

/** Secure properties of a REST API. */
export const restApiHardening: Hardening<apigateway.RestApiProps> = {
  injectionId: apigateway.RestApi.PROPERTY_INJECTION_ID,
  harden: (scope, id, props) => {
    // The L2 warns of the old property even when it is undefined.
    const { minimumCompressionSize, ...others } = props;
    return {
      ...apiProps(scope, id, others),
      ...minimumCompressionSize !== undefined && { minimumCompressionSize },
      defaultMethodOptions: authorized(props.defaultMethodOptions),
    };
  },
  complete: (made) => {
    const api = made as apigateway.RestApi;
    const validator = validatorOf(api);
    for (const node of api.node.findAll()) enforce(node, validator);
    completeApi(api);
  },
};

/** Secure properties of a REST API whose methods, with their authorization and validation, are said by a specification. */
export const specRestApiHardening: Hardening<apigateway.SpecRestApiProps> = {
  injectionId: apigateway.SpecRestApi.PROPERTY_INJECTION_ID,
  harden: apiProps,
  complete: (made) => completeApi(made as apigateway.SpecRestApi),
};

/** What is the same however the methods are said. */
function apiProps<P extends apigateway.RestApiBaseProps>(scope: Construct, id: string, props: P): P {
  const { domainName } = props;
  const ownRole = props.cloudWatchRole ?? (props.cloudWatchRoleRemovalPolicy ? true : undefined);
  const deployed = props.deploy ?? true;
  if (ownRole !== undefined) noteAccountSaid(scope, id);
  else if (deployed) makeSharedAccount(scope);
  return {
    ...props,
    endpointTypes: props.endpointTypes ?? (props.endpointConfiguration ? undefined : [apigateway.EndpointType.REGIONAL]),
    disableExecuteApiEndpoint: props.disableExecuteApiEndpoint ?? (domainName ? true : undefined),
    domainName: domainName && secureDomain(domainName),
    cloudWatchRole: ownRole ?? false,
    deployOptions: deployed ? stageOptions(scope, id, props.deployOptions) : props.deployOptions,
  };
}

function completeApi(api: apigateway.RestApi | apigateway.SpecRestApi): void {
  const stage = api.deploymentStage as apigateway.Stage | undefined;
  if (!stage) return;
  waitForAccount(stage, api);
  guardStage(stage);
}

/**
 * IAM stands in as an authorizer: as a mere type it would be one that a method cannot leave by naming its own authorizer, which CDK calls a mismatch.
 */
function authorized(given: apigateway.MethodOptions | undefined): apigateway.MethodOptions {
  if (given?.authorizer || given?.authorizationType) return given;
  return { ...given, authorizer: { authorizerId: '', authorizationType: IAM } };
}

/** Only networks of one's own reach it. */
export function isPrivate({ endpointConfiguration, endpointTypes }: apigateway.RestApiProps): boolean {
  return (endpointTypes ?? endpointConfiguration?.types ?? []).includes(apigateway.EndpointType.PRIVATE);
}

const VALIDATOR = 'DefaultRequestValidator';

/** A validator for the methods that name none. CDK does not hand that of an API down to its methods. */
export function validatorOf(api: apigateway.RestApi): apigateway.IRequestValidator {
  // A deployment is a copy: without this, that of an API which has been deployed before would stay without the validator.
  api.latestDeployment?.addToLogicalId({ requestValidator: VALIDATOR });
  return api.addRequestValidator(VALIDATOR, { validateRequestBody: true, validateRequestParameters: true });
}

/** Has the validator enforce what methods say of their requests, also those that are made later. */
export class RequestValidation implements IAspect {
  constructor(private readonly validator: apigateway.IRequestValidator) {}

  public visit(node: IConstruct): void {
    enforce(node, this.validator);
  }
}

function enforce(node: IConstruct, { requestValidatorId }: apigateway.IRequestValidator): void {
  if (apigateway.CfnMethod.isCfnMethod(node) && node.httpMethod !== 'OPTIONS') node.requestValidatorId ??= requestValidatorId;
}
