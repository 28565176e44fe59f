import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as apigatewayv2 from 'aws-cdk-lib/aws-apigatewayv2';
import { makeSharedAccount, waitForAccount } from './api-account';
import { httpApiDefaults as d } from '../../defaults/http-api';
import { restApiDefaults } from '../../defaults/rest-api';
import { SecureLogGroup } from '../logging/secure-log-group';
import { Hardening } from '../support/hardening';

/** What WebSocket APIs know of a connection and of a message. */
const FORMAT = apigateway.AccessLogFormat.custom(JSON.stringify({
  requestId: '$context.requestId',
  ip: '$context.identity.sourceIp',
  user: '$context.identity.user',
  caller: '$context.identity.caller',
  requestTime: '$context.requestTime',
  eventType: '$context.eventType',
  routeKey: '$context.routeKey',
  connectionId: '$context.connectionId',
  status: '$context.status',
  error: '$context.error.message',
}));

/** Secure properties of a stage of a WebSocket API. Like those of REST APIs, it logs by the setting of the account. */
export const webSocketStageHardening: Hardening<apigatewayv2.WebSocketStageProps> = {
  injectionId: apigatewayv2.WebSocketStage.PROPERTY_INJECTION_ID,
  harden: (scope, id, props) => {
    makeSharedAccount(scope);
    return {
      ...props,
      accessLogSettings: {
        destination: props.accessLogSettings?.destination ?? new apigatewayv2.LogGroupLogDestination(new SecureLogGroup(scope, `${id}AccessLogs`)),
        format: props.accessLogSettings?.format ?? FORMAT,
      },
      throttle: {
        rateLimit: props.throttle?.rateLimit ?? d.throttlingRateLimit.value,
        burstLimit: props.throttle?.burstLimit ?? d.throttlingBurstLimit.value,
      },
      detailedMetricsEnabled: props.detailedMetricsEnabled ?? d.detailedMetricsEnabled.value,
    };
  },
  complete: (made) => {
    const stage = made as apigatewayv2.WebSocketStage;
    waitForAccount(stage, stage.api);
    const cfn = stage.node.defaultChild as apigatewayv2.CfnStage;
    // The L2 knows no level. One that is set here already was asked for.
    const { loggingLevel } = stage.stack.resolve(cfn.defaultRouteSettings) as apigatewayv2.CfnStage.RouteSettingsProperty;
    if (loggingLevel === undefined) cfn.addPropertyOverride('DefaultRouteSettings.LoggingLevel', restApiDefaults.loggingLevel.value);
  },
};
