import { CfnResource } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import { Construct } from 'constructs';
import { makeSharedAccount, saysAccount, waitForAccount } from './api-account';
import { restApiDefaults as d } from '../../defaults/rest-api';
import { SecureLogGroup } from '../logging/secure-log-group';
import { WebFirewall } from '../network/web-firewall';
import { Hardening, isHardened } from '../support/hardening';
import { isStageAssociated } from '../support/web-acl-association';

/** Secure properties of a plain stage of a REST API, beside the one that the API makes itself. */
export const stageHardening: Hardening<apigateway.StageProps> = {
  injectionId: apigateway.Stage.PROPERTY_INJECTION_ID,
  harden: (scope, id, props) => {
    const { api } = props.deployment;
    if (isOfOwnApi(api, scope, id)) return props;
    if (!saysAccount(api)) makeSharedAccount(scope);
    return { ...props, ...stageOptions(scope, id, props) };
  },
  complete: (made) => {
    const stage = made as apigateway.Stage;
    const { restApi, node } = stage;
    if (isOfOwnApi(restApi, node.scope as Construct, node.id)) return;
    waitForAccount(stage, restApi);
    guardStage(stage);
  },
};

/** The stage that one of our constructs makes itself, and has decided all about, opt-outs included. */
function isOfOwnApi(api: apigateway.IRestApi, scope: Construct, id: string): boolean {
  return api === scope && id.startsWith('DeploymentStage.') && isHardened(api.node.scope as Construct, api.node.id);
}

/** Secure options of a stage. */
export function stageOptions(scope: Construct, id: string, given: apigateway.StageOptions = {}): apigateway.StageOptions {
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

/** Puts the firewall that the stack shares before a stage that the internet reaches and that has none. */
export function guardStage(stage: apigateway.Stage): void {
  if (isPrivate(stage.restApi) || isStageAssociated(stage)) return;
  WebFirewall.shared(stage).protect(stage, stage.stageArn);
}

/** Only networks of one's own reach it. Of an API from elsewhere nobody here knows. */
function isPrivate({ node, stack }: apigateway.IRestApi): boolean {
  const cfn = node.defaultChild;
  if (!CfnResource.isCfnResource(cfn)) return false;
  return JSON.stringify(stack.resolve((cfn as apigateway.CfnRestApi).endpointConfiguration) ?? '').includes('"PRIVATE"');
}
