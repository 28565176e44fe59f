import { awsDefaults } from './aws-defaults';
import { all, applies, not, Property, ResourceReader, rule } from './kernel';
import { isNamedBy } from './shared/resource-policy';

const GRAPHQL = 'AWS::AppSync::GraphQLApi';
const SAM = 'AWS::Serverless::GraphQLApi';
const EVENT_API = 'AWS::AppSync::Api';
const NAMESPACE = 'AWS::AppSync::ChannelNamespace';

const noKey = (place: Property) => not(place.is('API_KEY'), 'an API key is all that a caller needs');

/** Modes by which one may connect, publish and subscribe; a namespace that says nothing keeps those of its API. */
const MODES: Readonly<Record<string, readonly string[]>> = {
  [EVENT_API]: ['EventConfig.ConnectionAuthModes', 'EventConfig.DefaultPublishAuthModes', 'EventConfig.DefaultSubscribeAuthModes'],
  [NAMESPACE]: ['PublishAuthModes', 'SubscribeAuthModes'],
};

export const appSyncAuthorization = rule({
  id: 'AppSync.Authorization',
  resourceTypes: [GRAPHQL, SAM, EVENT_API, NAMESPACE],
  title: 'Callers are told apart, not let in by an API key',
  severity: 'high',
  criteria: { direct: ['CC6.1'], supporting: ['CC6.6'] },
  rationale: 'An API key stands in every client and says nothing of who calls; as the default it opens all that the schema does not protect otherwise.',
  remediation: { l2: 'authorizationConfig: { defaultAuthorization: { authorizationType: AuthorizationType.IAM } }', cfn: 'AuthenticationType other than API_KEY' },
  configRule: 'APPSYNC_AUTHORIZATION_CHECK',
  sources: ['AWS Security Hub AppSync.5', 'AWS AppSync developer guide, "Configuring authorization and authentication to secure your GraphQL APIs"'],
  check: (api) => {
    const modes = MODES[api.type];
    if (modes) return all(...modes.map((path) => api.get(path).every((mode) => noKey(mode.get('AuthType')))));
    return noKey(api.get(api.type === SAM ? 'Auth.Type' : 'AuthenticationType'));
  },
});

/** The settings of the log, and the name of the level in them. */
function logOf(api: ResourceReader): { config: Property; level: Property } {
  const config = api.get(api.type === EVENT_API ? 'EventConfig.LogConfig' : 'LogConfig');
  return { config, level: config.get(api.type === EVENT_API ? 'LogLevel' : 'FieldLogLevel') };
}

export const appSyncLogging = rule({
  id: 'AppSync.Logging',
  resourceTypes: [GRAPHQL, EVENT_API],
  title: 'API logs its errors',
  severity: 'medium',
  criteria: { direct: ['CC7.2'], supporting: ['CC7.3', 'PI1.3'] },
  rationale: 'The log shows which requests failed, why, and who sent them, which is what an investigation begins with.',
  remediation: { l2: 'logConfig: { fieldLogLevel: FieldLogLevel.ERROR }', cfn: 'LogConfig: { FieldLogLevel: ERROR, CloudWatchLogsRoleArn }' },
  configRule: 'APPSYNC_LOGGING_ENABLED',
  nagRules: ['AppSyncGraphQLRequestLogging'],
  sources: ['AWS::AppSync::GraphQLApi LogConfig', 'AWS Security Hub AppSync.2'],
  check: (api) => {
    const { config, level } = logOf(api);
    return all(
      level.oneOf(['ERROR', 'INFO', 'DEBUG', 'ALL']).because('no errors of fields are logged'),
      config.get('CloudWatchLogsRoleArn').isPresent().because('AppSync has no role to write the log with'),
    );
  },
});

export const appSyncNoVerboseContent = rule({
  id: 'AppSync.NoVerboseContent',
  resourceTypes: [GRAPHQL],
  title: 'Headers and contexts of requests are not copied to logs',
  severity: 'low',
  onByDefault: false,
  criteria: { direct: [], supporting: ['C1.1', 'CC6.1'] },
  rationale: 'Headers, contexts and evaluated templates hold what users sent and got. They also help to find faults, so whether to log them is a choice.',
  remediation: { l2: 'logConfig: { excludeVerboseContent: true }', cfn: 'LogConfig: { ExcludeVerboseContent: true }' },
  sources: ['AWS::AppSync::GraphQLApi LogConfig, ExcludeVerboseContent'],
  check: (api) => {
    const { config } = logOf(api);
    return applies(config.isPresent(), 'the API writes no log', () => config.get('ExcludeVerboseContent').isTrue());
  },
});

const isPublic = (api: ResourceReader) => api.get('Visibility').awsDefault(awsDefaults['AWS::AppSync::GraphQLApi.Visibility']).isNot('PRIVATE');

export const appSyncWebAcl = rule({
  id: 'AppSync.WebAcl',
  resourceTypes: [GRAPHQL],
  title: 'Public GraphQL API is behind a web ACL',
  severity: 'medium',
  criteria: { direct: ['CC6.6'] },
  rationale: 'A web application firewall refuses known attacks and floods before they reach an API that everyone can call.',
  remediation: { l2: 'CfnWebACLAssociation', cfn: 'AWS::WAFv2::WebACLAssociation with the API\'s Arn as ResourceArn' },
  configRule: 'APPSYNC_ASSOCIATED_WITH_WAF',
  sources: ['AWS AppSync developer guide, "Using AWS WAF to protect your AWS AppSync APIs"', 'AWS::AppSync::GraphQLApi, Visibility: GLOBAL by default'],
  check: (api, model) => applies(isPublic(api), 'the API is private',
    () => isNamedBy(api, model, { type: 'AWS::WAFv2::WebACLAssociation', property: 'ResourceArn' }).because('no web ACL is associated')),
});

export const appSyncTracing = rule({
  id: 'AppSync.Tracing',
  resourceTypes: [GRAPHQL, SAM],
  title: 'Requests are traced with X-Ray',
  severity: 'low',
  onByDefault: false,
  criteria: { direct: [], supporting: ['CC7.2', 'PI1.3'] },
  rationale: 'Traces show where a request spends its time and fails. Logs and metrics serve a control as well, so this is off by default.',
  remediation: { l2: 'xrayEnabled: true', cfn: 'XrayEnabled: true' },
  configRule: 'APPSYNC_GRAPHQL_API_XRAY_ENABLED',
  nagRules: ['AppSyncTracing'],
  sources: ['AWS::AppSync::GraphQLApi, XrayEnabled'],
  check: (api) => api.get('XrayEnabled').isTrue(),
});

export const appSyncQueryLimits = rule({
  id: 'AppSync.QueryLimits',
  resourceTypes: [GRAPHQL, SAM],
  title: 'Depth and breadth of a query are limited',
  severity: 'low',
  onByDefault: false,
  criteria: { direct: [], supporting: ['CC6.6', 'A1.1', 'PI1.2'] },
  rationale: 'One query that nests deeply enough can load the back end like thousands. AppSync has a ceiling of 10,000 resolvers of its own, so this is off by default.',
  remediation: { l2: 'queryDepthLimit, resolverCountLimit', cfn: 'QueryDepthLimit and ResolverCountLimit above 0' },
  sources: ['AWS::AppSync::GraphQLApi, QueryDepthLimit and ResolverCountLimit: 0, no limit, by default'],
  check: (api) => all(...['QueryDepthLimit', 'ResolverCountLimit'].map((name) => api.get(name).atLeast(1))),
});

export const appSyncIntrospection = rule({
  id: 'AppSync.IntrospectionDisabled',
  resourceTypes: [GRAPHQL, SAM],
  title: 'Public API does not describe itself',
  severity: 'low',
  onByDefault: false,
  criteria: { direct: [], supporting: ['CC6.6'] },
  rationale: 'Introspection hands a stranger the whole schema. Authorization must hold without secrecy of the schema, and tools need it, so this is off by default.',
  remediation: { l2: 'introspectionConfig: IntrospectionConfig.DISABLED', cfn: 'IntrospectionConfig: DISABLED' },
  sources: ['AWS::AppSync::GraphQLApi, IntrospectionConfig: ENABLED by default'],
  check: (api) => applies(isPublic(api), 'the API is private', () => api.get('IntrospectionConfig').is('DISABLED')),
});
