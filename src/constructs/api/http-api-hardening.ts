import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as apigatewayv2 from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpIamAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { Construct } from 'constructs';
import { httpApiDefaults as d } from '../../defaults/http-api';
import { SecureLogGroup } from '../logging/secure-log-group';
import { Hardening } from '../support/hardening';
import { vendedLogGroupName } from '../support/vended-logs';

/** What HTTP APIs know of a request; REST APIs name some of it differently. */
const FORMAT = apigateway.AccessLogFormat.custom(JSON.stringify({
  requestId: '$context.requestId',
  ip: '$context.identity.sourceIp',
  user: '$context.identity.user',
  caller: '$context.identity.caller',
  requestTime: '$context.requestTime',
  httpMethod: '$context.httpMethod',
  routeKey: '$context.routeKey',
  status: '$context.status',
  protocol: '$context.protocol',
  responseLength: '$context.responseLength',
  authorizerError: '$context.authorizer.error',
}));

/** Secure properties of a stage of an HTTP API. */
export const httpStageHardening: Hardening<apigatewayv2.HttpStageProps> = {
  injectionId: apigatewayv2.HttpStage.PROPERTY_INJECTION_ID,
  harden: (scope, id, props) => ({
    ...props,
    accessLogSettings: {
      destination: props.accessLogSettings?.destination ?? new apigatewayv2.LogGroupLogDestination(logGroupOf(scope, id)),
      format: props.accessLogSettings?.format ?? FORMAT,
    },
    throttle: {
      rateLimit: props.throttle?.rateLimit ?? d.throttlingRateLimit.value,
      burstLimit: props.throttle?.burstLimit ?? d.throttlingBurstLimit.value,
    },
    detailedMetricsEnabled: props.detailedMetricsEnabled ?? d.detailedMetricsEnabled.value,
  }),
};

/** Secure properties of an HTTP API. The stage that it makes itself takes no properties, and is completed. */
export const httpApiHardening: Hardening<apigatewayv2.HttpApiProps> = {
  injectionId: apigatewayv2.HttpApi.PROPERTY_INJECTION_ID,
  harden: (_scope, _id, props) => ({
    ...props,
    defaultAuthorizer: props.defaultAuthorizer ?? new HttpIamAuthorizer(),
    disableExecuteApiEndpoint: props.disableExecuteApiEndpoint ?? (props.defaultDomainMapping ? true : undefined),
  }),
  complete: (made) => {
    const stage = (made as apigatewayv2.HttpApi).defaultStage?.node.defaultChild as apigatewayv2.CfnStage | undefined;
    // An injector for stages has been there before.
    if (!stage || stage.accessLogSettings !== undefined) return;
    stage.accessLogSettings = { destinationArn: logGroupOf(made, 'DefaultStage').logGroupArn, format: FORMAT.toString() };
    stage.defaultRouteSettings = {
      throttlingRateLimit: d.throttlingRateLimit.value,
      throttlingBurstLimit: d.throttlingBurstLimit.value,
      detailedMetricsEnabled: d.detailedMetricsEnabled.value,
    };
  },
};

/** API Gateway delivers the logs of HTTP APIs by the resource policy of CloudWatch Logs. */
function logGroupOf(scope: Construct, id: string): SecureLogGroup {
  return new SecureLogGroup(scope, `${id}AccessLogs`, { logGroupName: vendedLogGroupName(scope, id, 'apis') });
}
