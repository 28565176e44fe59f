import { Case, fail, notApplicable, pass, unknown, verdicts } from './verdicts';
import * as rules from '../../src/rules/apigateway';

const of = (type: string) => (properties: object = {}): Case => ({ Subject: { Type: type, Properties: properties } });
const stage = of('AWS::ApiGateway::Stage');
const httpStage = of('AWS::ApiGatewayV2::Stage');
const samApi = of('AWS::Serverless::Api');
const samHttpApi = of('AWS::Serverless::HttpApi');
const deployment = of('AWS::ApiGateway::Deployment');
/** A deployment that makes a stage, with these settings. */
const making = (description: object) => deployment({ StageName: 'prod', StageDescription: description });
const used = (description: object): Case => ({
  ...making(description),
  Stage: { Type: 'AWS::ApiGateway::Stage', Properties: { DeploymentId: { Ref: 'Subject' } } },
});
const param = { $Parameters: { P: { Type: 'String' } } };
const isProd = { $Parameters: { Env: { Type: 'String' } }, $Conditions: { IsProd: { 'Fn::Equals': [{ Ref: 'Env' }, 'prod'] } } };
const methods = (...settings: object[]) => ({ MethodSettings: settings });
const everywhere = (settings: object) => ({ HttpMethod: '*', ResourcePath: '/*', ...settings });
const one = (settings: object) => ({ HttpMethod: 'GET', ResourcePath: '/a', ...settings });

const LOG = { DestinationArn: 'arn:aws:logs:eu-west-1:111111111111:log-group:api', Format: '{"id":"$context.requestId"}' };
verdicts(rules.apiAccessLogs, {
  pass: {
    'a stage': stage({ AccessLogSetting: LOG }),
    'an HTTP stage': httpStage({ AccessLogSettings: LOG }),
    'SAM': samApi({ AccessLogSetting: LOG }),
    'SAM, HTTP': samHttpApi({ AccessLogSettings: LOG }),
    'a stage that a deployment makes': making({ AccessLogSetting: LOG }),
  },
  fail: {
    'none': stage(),
    'none, HTTP': httpStage(),
    'none, SAM': samApi(),
    'no format': stage({ AccessLogSetting: { ...LOG, Format: undefined } }),
    'no destination': httpStage({ AccessLogSettings: { Format: 'x' } }),
    'a stage that a deployment makes': making({}),
  },
  unknown: { 'a macro': stage({ AccessLogSetting: { 'Fn::Transform': { Name: 'M' } } }) },
  notApplicable: { 'a deployment that makes no stage': deployment({ RestApiId: 'api' }) },
  trap: {
    'the stage of the deployment stands beside it': notApplicable(used({}), { message: /judged by itself/ }),
    'a log group by reference': pass({
      ...stage({ AccessLogSetting: { ...LOG, DestinationArn: { 'Fn::GetAtt': ['Log', 'Arn'] } } }),
      Log: { Type: 'AWS::Logs::LogGroup' },
    }),
    'a number is no destination': fail(stage({ AccessLogSetting: { ...LOG, DestinationArn: 123 } })),
    'in one branch': fail(
      { ...stage({ AccessLogSetting: { 'Fn::If': ['IsProd', LOG, { Ref: 'AWS::NoValue' }] } }), ...isProd },
      { message: /when IsProd is false/ },
    ),
  },
});

verdicts(rules.structuredLogs, {
  pass: { 'JSON': stage({ AccessLogSetting: LOG }), 'JSON, HTTP': httpStage({ AccessLogSettings: LOG }) },
  fail: { 'a line of text': stage({ AccessLogSetting: { ...LOG, Format: '$context.identity.sourceIp - $context.requestId' } }) },
  unknown: { 'a parameter': { ...stage({ AccessLogSetting: { ...LOG, Format: { Ref: 'P' } } }), ...param } },
  trap: { 'JSON over lines': pass(stage({ AccessLogSetting: { ...LOG, Format: '{\n "id": "$context.requestId"\n}\n' } })), 'no logs': notApplicable(stage()) },
});

const webSocket = (properties: object, ProtocolType = 'WEBSOCKET'): Case => ({
  ...httpStage({ ApiId: { Ref: 'Api' }, ...properties }), Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { ProtocolType } },
});
verdicts(rules.executionLogs, {
  pass: {
    'for every method': stage(methods(everywhere({ LoggingLevel: 'INFO' }))),
    'for one that is listed': stage(methods(one({ LoggingLevel: 'ERROR' }))),
    'SAM': samApi(methods(everywhere({ LoggingLevel: 'ERROR' }))),
  },
  fail: { 'none': stage(), 'off': stage(methods(everywhere({ LoggingLevel: 'OFF' }))), 'no level': stage(methods(one({ MetricsEnabled: true }))) },
  unknown: {
    'a parameter': { ...stage(methods(everywhere({ LoggingLevel: { Ref: 'P' } }))), ...param },
    'the list is a parameter': { ...stage({ MethodSettings: { Ref: 'P' } }), ...param },
  },
  trap: {
    'WebSocket': pass(webSocket({ DefaultRouteSettings: { LoggingLevel: 'ERROR' } })),
    'WebSocket, not said': fail(webSocket({ DefaultRouteSettings: { ThrottlingRateLimit: 5 } })),
    'WebSocket, turned off for a route': fail(webSocket({ DefaultRouteSettings: { LoggingLevel: 'INFO' }, RouteSettings: { $connect: { LoggingLevel: 'OFF' } } })),
    'WebSocket, a route that leaves it to all': pass(webSocket({ DefaultRouteSettings: { LoggingLevel: 'INFO' }, RouteSettings: { $connect: { ThrottlingRateLimit: 5 } } })),
    'HTTP APIs have none': notApplicable(webSocket({}, 'HTTP')),
    'of an API that is not known': unknown(httpStage({ ApiId: 'abc' })),
    'of an API that is not known, but a level is set': fail(httpStage({ ApiId: 'abc', DefaultRouteSettings: { LoggingLevel: 'OFF' } })),
    'one leaves the level to all': pass(stage(methods(everywhere({ LoggingLevel: 'INFO' }), one({ MetricsEnabled: true })))),
    'one is turned off': fail(stage(methods(everywhere({ LoggingLevel: 'INFO' }), one({ LoggingLevel: 'OFF' })))),
    'one leaves the level out, and nothing is said for all': fail(stage(methods(one({ LoggingLevel: 'INFO' }), one({ ResourcePath: '/b' })))),
    'said of the stage that a deployment makes': pass(making({ LoggingLevel: 'ERROR' })),
    'not said of it': fail(making({})),
  },
});

verdicts(rules.noDataTrace, {
  pass: {
    nothing: stage(),
    off: stage(methods(everywhere({ DataTraceEnabled: false }))),
    HTTP: httpStage({ DefaultRouteSettings: { DataTraceEnabled: false } }),
  },
  fail: { 'on': stage(methods(everywhere({ DataTraceEnabled: true }))), 'on, HTTP': httpStage({ DefaultRouteSettings: { DataTraceEnabled: true } }) },
  unknown: { 'a parameter': { ...stage(methods(everywhere({ DataTraceEnabled: { Ref: 'P' } }))), ...param } },
  trap: {
    'on for one method': fail(stage(methods(everywhere({ DataTraceEnabled: false }), one({ DataTraceEnabled: 'true' })))),
    'on for one route': fail(httpStage({ RouteSettings: { 'GET /a': { DataTraceEnabled: true } } })),
    'the settings of routes are a parameter': unknown({ ...httpStage({ RouteSettings: { Ref: 'P' } }), ...param }),
    'on for all routes, whatever single ones say': fail({ ...httpStage({ DefaultRouteSettings: { DataTraceEnabled: true }, RouteSettings: { Ref: 'P' } }), ...param }),
    'on in the stage that a deployment makes': fail(making({ DataTraceEnabled: true })),
  },
});

verdicts(rules.cacheEncrypted, {
  pass: {
    'encrypted': stage(methods(everywhere({ CachingEnabled: true, CacheDataEncrypted: true }))),
    'in the stage that a deployment makes': making({ CachingEnabled: 'true', CacheDataEncrypted: 'true' }),
  },
  fail: {
    'not said': stage(methods(one({ CachingEnabled: true }))),
    'not': stage(methods(one({ CachingEnabled: true, CacheDataEncrypted: false }))),
    'in the stage that a deployment makes': making({ CachingEnabled: true }),
  },
  unknown: { 'a parameter': { ...stage(methods(one({ CachingEnabled: true, CacheDataEncrypted: { Ref: 'P' } }))), ...param } },
  notApplicable: { 'nothing is cached': stage(), 'caching is off': stage(methods(everywhere({ CachingEnabled: false, CacheDataEncrypted: false }))) },
  trap: {
    'a cluster that no method uses': notApplicable(stage({ CacheClusterEnabled: true })),
    'encrypted for all, cached for one': pass(stage(methods(everywhere({ CacheDataEncrypted: true }), one({ CachingEnabled: true })))),
    'a cluster, and a setting that declines encryption': fail(stage({ CacheClusterEnabled: true, ...methods(everywhere({ CacheDataEncrypted: false })) })),
    'a cluster of a deployment, and a setting that declines encryption': fail(making({ CacheClusterEnabled: 'true', CacheDataEncrypted: 'false' })),
    'encryption is declined, and there is no cluster': notApplicable(stage(methods(everywhere({ CacheDataEncrypted: false })))),
    'cached for all, not encrypted for one': fail(stage(methods(
      everywhere({ CachingEnabled: true, CacheDataEncrypted: true }), one({ CacheDataEncrypted: false }),
    ))),
    'not encrypted where nothing is cached': pass(stage(methods(
      everywhere({ CachingEnabled: true, CacheDataEncrypted: true }), one({ CachingEnabled: false, CacheDataEncrypted: false }),
    ))),
  },
});

verdicts(rules.cacheEnabled, {
  pass: { 'on': stage({ CacheClusterEnabled: true }), 'in the stage that a deployment makes': making({ CacheClusterEnabled: true }) },
  fail: { absent: stage(), off: samApi({ CacheClusterEnabled: false }) },
  unknown: { 'a parameter': { ...stage({ CacheClusterEnabled: { Ref: 'P' } }), ...param } },
  trap: { 'as text': pass(stage({ CacheClusterEnabled: 'true' })), 'a size alone': fail(stage({ CacheClusterSize: '0.5' })) },
});

verdicts(rules.tracing, {
  pass: { on: stage({ TracingEnabled: true }) },
  fail: { absent: stage(), off: samApi({ TracingEnabled: false }) },
  unknown: { 'a parameter': { ...stage({ TracingEnabled: { Ref: 'P' } }), ...param } },
  trap: { 'as text': pass(stage({ TracingEnabled: 'true' })), 'in the stage that a deployment makes': pass(making({ TracingEnabled: true })) },
});

verdicts(rules.clientCertificate, {
  pass: { 'a certificate': stage({ ClientCertificateId: 'abc' }) },
  fail: { none: stage() },
  unknown: { 'a macro': stage({ ClientCertificateId: { 'Fn::Transform': { Name: 'M' } } }) },
  trap: {
    'in the stage that a deployment makes': pass(making({ ClientCertificateId: 'abc' })),
    'the stage stands beside': notApplicable(used({})),
    'empty': fail(stage({ ClientCertificateId: '' })),
    'what a macro makes of the whole': unknown(stage({ 'Fn::Transform': { Name: 'M' } })),
  },
});
