import { all, any, applies, not, Property, ResourceReader, rule, Truth } from './kernel';
import { DEPLOYMENT, everyMethod, HTTP_STAGES, Settings, settingsOf, STAGE, stageOf, STAGES } from './shared/api-stage';

const WEB_STAGE = 'AWS::ApiGatewayV2::Stage';

/** A text is set, one that deployment supplies included; a number is none. */
function text(place: Property): Truth {
  return all(place.isPresent(), place.scalar === undefined ? Truth.YES : place.matches(/\D/, 'a text'));
}

const accessLog = (stage: Property) => stage.get(stage.get('AccessLogSettings').missing ? 'AccessLogSetting' : 'AccessLogSettings');

export const apiAccessLogs = rule({
  id: 'ApiGateway.AccessLogs',
  resourceTypes: [...STAGES, ...HTTP_STAGES],
  title: 'Stage keeps access logs',
  severity: 'medium',
  criteria: { direct: ['CC7.2'], supporting: ['CC7.3', 'PI1.2'] },
  rationale: 'Access logs show who called what and from where, which is what an investigation begins with.',
  remediation: {
    construct: 'SecureRestApi',
    l2: 'deployOptions: { accessLogDestination, accessLogFormat }',
    cfn: 'AccessLogSetting (AccessLogSettings for HTTP APIs) with DestinationArn and Format',
  },
  configRule: 'API_GWV2_ACCESS_LOGS_ENABLED',
  nagRules: ['APIGWAccessLogging'],
  sources: ['AWS::ApiGateway::Stage AccessLogSetting', 'AWS::ApiGatewayV2::Stage AccessLogSettings', 'AWS Security Hub APIGateway.9'],
  check: (resource, model) => stageOf(resource, model, (stage) => all(...['DestinationArn', 'Format'].map((key) => text(accessLog(stage).get(key))))),
});

export const structuredLogs = rule({
  id: 'ApiGateway.StructuredLogs',
  resourceTypes: [...STAGES, ...HTTP_STAGES],
  title: 'Access logs are structured',
  severity: 'low',
  onByDefault: false,
  criteria: { direct: [], supporting: ['CC7.2'] },
  rationale: 'Logs in JSON can be searched and alarmed on without parsing. Other formats hold the same facts, so this is off by default.',
  remediation: { construct: 'SecureRestApi', l2: 'accessLogFormat: AccessLogFormat.jsonWithStandardFields()', cfn: 'AccessLogSetting: { Format } with a JSON object' },
  nagRules: ['APIGWStructuredLogging'],
  sources: ['Amazon API Gateway developer guide, "Set up CloudWatch API logging using the API Gateway console"'],
  check: (resource, model) => stageOf(resource, model, (stage) => applies(accessLog(stage).get('Format').isPresent(), 'there are no access logs',
    () => accessLog(stage).get('Format').matches(/^\s*\{[\s\S]*\}\s*$/, 'a JSON object'))),
});

/** Of the newer APIs only WebSocket ones log executions, and only they take a level. */
function ofWebSocket(stage: ResourceReader): Truth {
  const api = stage.get('ApiId').target();
  if (!stage.get('DefaultRouteSettings.LoggingLevel').missing) return Truth.YES;
  return api?.type === 'AWS::ApiGatewayV2::Api' ? api.get('ProtocolType').is('WEBSOCKET') : Truth.unknown('whether it is a stage of a WebSocket API is not told by the templates given');
}

function everyRoute(stage: ResourceReader, ask: (settings: Property) => Truth): Truth {
  const { items, open } = stage.get('RouteSettings').entries();
  const set = items.map(({ value }) => value).filter((settings) => !settings.get('LoggingLevel').missing);
  return all(...[stage.get('DefaultRouteSettings'), ...set].map(ask), ...open === undefined ? [] : [Truth.unknown(`RouteSettings: ${open}`)]);
}

const logsErrors = (level: Property) => level.oneOf(['ERROR', 'INFO']);

export const executionLogs = rule({
  id: 'ApiGateway.ExecutionLogs',
  resourceTypes: [...STAGES, WEB_STAGE],
  title: 'Stage logs the errors of its methods',
  severity: 'low',
  criteria: { direct: ['CC7.2'], supporting: ['CC7.3', 'PI1.3'] },
  rationale: 'Execution logs tell why a request was refused or failed, which access logs do not.',
  remediation: {
    construct: 'SecureRestApi',
    l2: 'deployOptions: { loggingLevel: MethodLoggingLevel.ERROR }',
    cfn: 'MethodSettings with LoggingLevel ERROR or INFO for HttpMethod * and ResourcePath /*',
  },
  configRule: 'API_GW_EXECUTION_LOGGING_ENABLED',
  nagRules: ['APIGWExecutionLoggingEnabled'],
  sources: ['AWS::ApiGateway::Stage MethodSetting, LoggingLevel: OFF, ERROR or INFO', 'AWS::ApiGatewayV2::Stage RouteSettings, LoggingLevel: for WebSocket APIs only'],
  check: (resource, model) => (resource.type === WEB_STAGE
    ? applies(ofWebSocket(resource), 'HTTP APIs log no executions', () => everyRoute(resource, (settings) => logsErrors(settings.get('LoggingLevel'))))
    : stageOf(resource, model, (stage) => everyMethod(stage, 'LoggingLevel', logsErrors))),
});

export const noDataTrace = rule({
  id: 'ApiGateway.NoDataTrace',
  resourceTypes: [...STAGES, ...HTTP_STAGES],
  title: 'Requests and answers are not copied to logs',
  severity: 'medium',
  criteria: { direct: ['C1.1'], supporting: ['CC6.1'] },
  rationale: 'Data tracing writes whole messages, personal data and tokens included, to logs that more people can read than the data itself.',
  remediation: { construct: 'SecureRestApi', l2: 'deployOptions: { dataTraceEnabled: false }', cfn: 'DataTraceEnabled: false' },
  sources: ['AWS::ApiGateway::Stage MethodSetting, DataTraceEnabled: not recommended for production'],
  check: (resource, model) => {
    const off = (place: Property) => not(place.isTrue(), 'whole requests and answers are written to logs');
    if (HTTP_STAGES.includes(resource.type)) {
      const { items, open } = resource.get('RouteSettings').entries();
      const routes = items.map((entry) => entry.value);
      return all(
        ...[resource.get('DefaultRouteSettings'), ...routes].map((settings) => off(settings.get('DataTraceEnabled'))),
        ...open === undefined ? [] : [Truth.unknown(`RouteSettings: ${open}`)],
      );
    }
    return stageOf(resource, model, (stage) => {
      const { items, open } = settingsOf(stage, 'DataTraceEnabled');
      return all(...items.map((one) => off(one.at.get('DataTraceEnabled'))), ...open === undefined ? [] : [Truth.unknown(open)]);
    });
  },
});

/** A stage description holds settings for all methods beside the list; either key tells that it says something of the cache. */
function cacheSettings(stage: Property): { items: Settings[]; open?: string } {
  return settingsOf(stage, stage.get('CachingEnabled').missing ? 'CacheDataEncrypted' : 'CachingEnabled');
}

export const cacheEncrypted = rule({
  id: 'ApiGateway.CacheEncrypted',
  resourceTypes: STAGES,
  title: 'Cached answers are encrypted',
  severity: 'medium',
  criteria: { direct: ['CC6.1'], supporting: ['C1.1'] },
  rationale: 'A cache holds copies of what the API answers, and is not encrypted unless told.',
  remediation: { construct: 'SecureRestApi', l2: 'deployOptions: { cacheDataEncrypted: true }', cfn: 'CacheDataEncrypted: true wherever CachingEnabled is true' },
  configRule: 'API_GW_CACHE_ENABLED_AND_ENCRYPTED',
  nagRules: ['APIGWCacheEnabledAndEncrypted'],
  sources: ['AWS::ApiGateway::Stage, CacheClusterEnabled: a method is cached when its CachingEnabled is true'],
  check: (resource, model) => stageOf(resource, model, (stage) => {
    const { items, open } = cacheSettings(stage);
    const on = (one: Settings) => one.at.get('CachingEnabled').isTrue();
    const everywhere = any(items.map((one) => all(one.everywhere, on(one))));
    // A stage that pays for a cache and says that it is not encrypted means it, though no method may use it yet.
    const declined = (one: Settings) => all(stage.get('CacheClusterEnabled').isTrue(), one.at.get('CacheDataEncrypted').isFalse());
    const cached = (one: Settings) => (one.at.get('CachingEnabled').missing ? any([everywhere, declined(one)]) : on(one));
    const unread = open === undefined ? [] : [Truth.unknown(`MethodSettings: ${open}`)];
    const encryptedByDefault = any(settingsOf(stage, 'CacheDataEncrypted').items.map((one) => all(one.everywhere, one.at.get('CacheDataEncrypted').isTrue())));
    const encrypted = (one: Settings) => (one.at.get('CacheDataEncrypted').missing ? encryptedByDefault : one.at.get('CacheDataEncrypted').isTrue());
    return applies(any([...items.map(cached), ...unread], 'none'), 'nothing is cached', () => all(
      ...items.map((one) => any([not(cached(one), 'cached'), encrypted(one)]).because('data is cached without encryption')), ...unread));
  }),
});

export const cacheEnabled = rule({
  id: 'ApiGateway.CacheEnabled',
  resourceTypes: STAGES,
  title: 'Stage has a cache',
  severity: 'low',
  onByDefault: false,
  criteria: { direct: [], supporting: ['A1.1'] },
  rationale: 'A cache takes load off the back end. It costs by the hour and suits few APIs, so this is off by default.',
  remediation: { l2: 'deployOptions: { cacheClusterEnabled: true }', cfn: 'CacheClusterEnabled: true' },
  sources: ['AWS::ApiGateway::Stage, CacheClusterEnabled'],
  check: (resource, model) => stageOf(resource, model, (stage) => stage.get('CacheClusterEnabled').isTrue()),
});

export const tracing = rule({
  id: 'ApiGateway.Tracing',
  resourceTypes: STAGES,
  title: 'Requests are traced with X-Ray',
  severity: 'low',
  onByDefault: false,
  criteria: { direct: [], supporting: ['CC7.2', 'PI1.3'] },
  rationale: 'Traces show where a request spends its time and fails. Logs and metrics serve a control as well, so this is off by default.',
  remediation: { construct: 'SecureRestApi', l2: 'deployOptions: { tracingEnabled: true }', cfn: 'TracingEnabled: true' },
  configRule: 'API_GW_XRAY_ENABLED',
  nagRules: ['APIGWXrayEnabled'],
  sources: ['AWS::ApiGateway::Stage, TracingEnabled'],
  check: (resource, model) => stageOf(resource, model, (stage) => stage.get('TracingEnabled').isTrue()),
});

export const clientCertificate = rule({
  id: 'ApiGateway.ClientCertificate',
  resourceTypes: [STAGE, DEPLOYMENT],
  title: 'Back ends can tell that a request comes from the API',
  severity: 'low',
  onByDefault: false,
  criteria: { direct: [], supporting: ['CC6.7'] },
  rationale: 'A certificate lets an HTTP back end refuse what does not come through the API. Integrations with Lambda and AWS services need none.',
  remediation: { l2: 'deployOptions: { clientCertificateId }', cfn: 'ClientCertificateId' },
  configRule: 'API_GW_SSL_ENABLED',
  nagRules: ['APIGWSSLEnabled'],
  sources: ['AWS::ApiGateway::Stage, ClientCertificateId'],
  check: (resource, model) => stageOf(resource, model, (stage) => stage.get('ClientCertificateId').isPresent()),
});
