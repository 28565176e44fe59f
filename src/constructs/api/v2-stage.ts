import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as apigatewayv2 from 'aws-cdk-lib/aws-apigatewayv2';
import * as logs from 'aws-cdk-lib/aws-logs';
import { httpApiDefaults as d } from '../../defaults/http-api';

/** The format of access logs: who called and when, and what else an API of this kind knows of a call. REST APIs name some of it differently. */
export function accessLogFormat(more: Readonly<Record<string, string>>): apigateway.AccessLogFormat {
  return apigateway.AccessLogFormat.custom(JSON.stringify({
    requestId: '$context.requestId',
    ip: '$context.identity.sourceIp',
    user: '$context.identity.user',
    caller: '$context.identity.caller',
    requestTime: '$context.requestTime',
    ...more,
  }));
}

/** Secure properties of a stage of an HTTP or a WebSocket API. */
export function stageProps<P extends apigatewayv2.StageOptions>(given: P, logGroup: () => logs.ILogGroup, format: apigateway.AccessLogFormat): P {
  const { accessLogSettings, throttle } = given;
  return {
    ...given,
    accessLogSettings: {
      destination: accessLogSettings?.destination ?? new apigatewayv2.LogGroupLogDestination(logGroup()),
      format: accessLogSettings?.format ?? format,
    },
    throttle: {
      rateLimit: throttle?.rateLimit ?? d.throttlingRateLimit.value,
      burstLimit: throttle?.burstLimit ?? d.throttlingBurstLimit.value,
    },
    detailedMetricsEnabled: given.detailedMetricsEnabled ?? d.detailedMetricsEnabled.value,
  };
}
