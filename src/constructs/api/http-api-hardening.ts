import * as apigatewayv2 from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpIamAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { Construct } from 'constructs';
import { accessLogFormat, stageProps } from './v2-stage';
import { httpApiDefaults as d } from '../../defaults/http-api';
import { SecureLogGroup } from '../logging/secure-log-group';
import { Hardening } from '../support/hardening';
import { vendedLogGroupName } from '../support/vended-logs';

const FORMAT = accessLogFormat({
  httpMethod: '$context.httpMethod',
  routeKey: '$context.routeKey',
  status: '$context.status',
  protocol: '$context.protocol',
  responseLength: '$context.responseLength',
  authorizerError: '$context.authorizer.error',
});

/** Secure properties of a stage of an HTTP API. */
export const httpStageHardening: Hardening<apigatewayv2.HttpStageProps> = {
  injectionId: apigatewayv2.HttpStage.PROPERTY_INJECTION_ID,
  harden: (scope, id, props) => stageProps(props, () => logGroupOf(scope, id), FORMAT),
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
