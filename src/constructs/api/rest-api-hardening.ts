import { CfnResource, IAspect } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import { Construct, IConstruct } from 'constructs';
import { makeSharedAccount, sharedAccount } from './api-account';
import { restApiDefaults as d } from '../../defaults/rest-api';
import { SecureLogGroup } from '../logging/secure-log-group';
import { WebFirewall } from '../network/web-firewall';
import { Hardening } from '../support/hardening';
import { isAssociated } from '../support/web-acl-association';

const { IAM } = apigateway.AuthorizationType;

/** Secure properties of a REST API. */
export const restApiHardening: Hardening<apigateway.RestApiProps> = {
  injectionId: apigateway.RestApi.PROPERTY_INJECTION_ID,
  harden: (scope, id, props) => {
    // The L2 warns of the old property even when it is undefined.
    const { minimumCompressionSize, ...others } = props;
    const { domainName } = props;
    const ownRole = props.cloudWatchRole ?? (props.cloudWatchRoleRemovalPolicy ? true : undefined);
    const deployed = props.deploy ?? true;
    if (deployed && ownRole === undefined) makeSharedAccount(scope);
    return {
      ...others,
      ...minimumCompressionSize !== undefined && { minimumCompressionSize },
      defaultMethodOptions: authorized(props.defaultMethodOptions),
      endpointTypes: props.endpointTypes ?? (props.endpointConfiguration ? undefined : [apigateway.EndpointType.REGIONAL]),
      disableExecuteApiEndpoint: props.disableExecuteApiEndpoint ?? (domainName ? true : undefined),
      domainName: domainName && secureDomain(domainName),
      cloudWatchRole: ownRole ?? false,
      deployOptions: deployed ? stageOf(scope, id, props.deployOptions) : props.deployOptions,
    };
  },
  complete: (made, secure) => {
    const api = made as apigateway.RestApi;
    completeApi(api);
    const validator = validatorOf(api);
    for (const node of api.node.findAll()) enforce(node, validator);
    if (secure.deploy === false || isPrivate(secure)) return;
    const [cfnApi, cfnStage] = [api, api.deploymentStage].map((one) => one.node.defaultChild as CfnResource);
    if (!isAssociated(cfnApi, cfnStage)) WebFirewall.shared(api).protect(api, api.deploymentStage.stageArn);
  },
};

/**
 * IAM stands in as an authorizer: as a mere type it would be one that a method cannot leave by naming its own authorizer, which CDK calls a mismatch.
 */
function authorized(given: apigateway.MethodOptions | undefined): apigateway.MethodOptions {
  if (given?.authorizer || given?.authorizationType) return given;
  return { ...given, authorizer: { authorizerId: '', authorizationType: IAM } };
}

/** Secure properties of a custom domain. */
export function secureDomain(given: apigateway.DomainNameOptions): apigateway.DomainNameOptions {
  return { ...given, securityPolicy: given.securityPolicy ?? apigateway.SecurityPolicy.TLS_1_2 };
}

function stageOf(scope: Construct, id: string, given: apigateway.StageOptions = {}): apigateway.StageOptions {
  return {
    ...given,
    accessLogDestination: given.accessLogDestination ?? new apigateway.LogGroupLogDestination(new SecureLogGroup(scope, `${id}AccessLogs`)),
    accessLogFormat: given.accessLogFormat ?? apigateway.AccessLogFormat.jsonWithStandardFields(),
    loggingLevel: given.loggingLevel ?? apigateway.MethodLoggingLevel.ERROR,
    dataTraceEnabled: given.dataTraceEnabled ?? d.dataTraceEnabled.value,
    tracingEnabled: given.tracingEnabled ?? d.tracingEnabled.value,
    metricsEnabled: given.metricsEnabled ?? d.metricsEnabled.value,
    throttlingRateLimit: given.throttlingRateLimit ?? d.throttlingRateLimit.value,
    throttlingBurstLimit: given.throttlingBurstLimit ?? d.throttlingBurstLimit.value,
    cacheDataEncrypted: given.cacheDataEncrypted ?? (isCached(given) ? d.cacheDataEncrypted.value : undefined),
  };
}

/** The stage keeps answers, of all methods or of some. */
function isCached({ cacheClusterEnabled, cacheClusterSize, cachingEnabled, methodOptions = {} }: apigateway.StageOptions): boolean {
  const some = Object.values(methodOptions).some((method) => method.cachingEnabled);
  return [some, cacheClusterEnabled, cachingEnabled, cacheClusterSize].some(Boolean);
}

/** Only networks of one's own reach it. */
export function isPrivate({ endpointConfiguration, endpointTypes }: apigateway.RestApiProps): boolean {
  return (endpointTypes ?? endpointConfiguration?.types ?? []).includes(apigateway.EndpointType.PRIVATE);
}

/** Puts the setting by which it may log before the stage of an API. API Gateway takes the setting once there is an API in the account. */
export function completeApi(api: apigateway.RestApi): void {
  const account = sharedAccount(api);
  if (!account || !(api.deploymentStage as apigateway.Stage | undefined)) return;
  account.node.addDependency(api.node.defaultChild!);
  api.deploymentStage.node.addDependency(account);
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
