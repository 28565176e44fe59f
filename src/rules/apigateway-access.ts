import { all, any, applies, Evaluation, not, Property, ResourceReader, rule, Truth } from './kernel';
import { isReference } from '../template/value';
import { everyMethod, HTTP_STAGES, STAGE, stageOf, STAGES } from './shared/api-stage';
import { everySamEvent } from './shared/sam-events';
import { sameAs } from './shared/same';

const REST_API = 'AWS::ApiGateway::RestApi';
const SAM_API = 'AWS::Serverless::Api';
const METHOD = 'AWS::ApiGateway::Method';

/** An API that only networks of one's own reach: `EndpointConfiguration`, as a list, SAM's single type, or a parameter of the import. */
function isPrivate(api: ResourceReader): Truth {
  const endpoint = api.get('EndpointConfiguration');
  if (endpoint.scalar !== undefined) return endpoint.is('PRIVATE');
  return any([
    all(endpoint.get('Types').count(1), endpoint.get('Types').every((type) => type.is('PRIVATE'))),
    endpoint.get('Type').is('PRIVATE'), api.get('Parameters.endpointConfigurationTypes').is('PRIVATE'),
  ]).because('the API has a public endpoint');
}

/** The resource policy of the API binds its callers. */
function boundByPolicy(api: ResourceReader | undefined): Truth {
  if (api?.type !== REST_API) return Truth.no('no resource policy is known');
  const document = api.get('Policy');
  return all(document.isPresent(), not(document.policy().allowsEveryone(), 'the resource policy allows everyone'));
}

const authorized = (place: Property) => all(place.isPresent(), not(place.matches(/^none$/i, 'NONE'), 'AuthorizationType is NONE'));

/** An API event of a SAM function: its own authorizer counts, or the default one of its API. */
function samAuthorized(event: Property): Truth {
  const own = event.get('Auth.Authorizer');
  if (!own.missing) return authorized(own);
  const api = ['RestApiId', 'ApiId'].map((key) => event.get(key).target()).find((target) => target && [SAM_API, 'AWS::Serverless::HttpApi'].includes(target.type));
  if (!api) return Truth.unknown('how the API of the event is set up is not told by a resource of the templates given');
  const described = ['DefinitionBody', 'DefinitionUri'].map((key) => api.get(key)).find((place) => !place.missing);
  if (described) return Truth.unknown('the API is described by a document of its own');
  const policy = api.get('Auth.ResourcePolicy');
  return any([authorized(api.get('Auth.DefaultAuthorizer')), ...SAM_BOUNDS.map((key) => policy.get(key).isPresent())]);
}

/** Lists of SAM's resource policy that leave all others out. */
const SAM_BOUNDS = ['AwsAccountWhitelist', 'IpRangeWhitelist', 'SourceVpcWhitelist', 'IntrinsicVpcWhitelist', 'IntrinsicVpceWhitelist'];

export const authorization = rule({
  id: 'ApiGateway.Authorization',
  resourceTypes: [METHOD, 'AWS::ApiGatewayV2::Route', 'AWS::Serverless::Function'],
  title: 'Callers are authorized',
  severity: 'high',
  criteria: { direct: ['CC6.1'], supporting: ['CC6.6'] },
  rationale: 'A method without authorization answers whoever knows its address, unless the application behind it asks again.',
  remediation: { construct: 'SecureRestApi', l2: 'defaultMethodOptions: { authorizationType, authorizer }', cfn: 'AuthorizationType other than NONE' },
  configRule: 'API_GWV2_AUTHORIZATION_TYPE_CONFIGURED',
  nagRules: ['APIGWAuthorization'],
  sources: ['AWS::ApiGateway::Method, AuthorizationType', 'AWS::ApiGatewayV2::Route, AuthorizationType: NONE by default; in WebSocket APIs for $connect'],
  check: (resource) => {
    if (resource.type === 'AWS::Serverless::Function') {
      return everySamEvent(resource, ['Api', 'HttpApi'], (event) => any([event.get('Method').matches(/^options$/i, 'OPTIONS'), samAuthorized(event)])
        .because('anyone may call the function through its API'));
    }
    if (resource.type === METHOD) {
      return applies(not(resource.get('HttpMethod').matches(/^options$/i, 'OPTIONS'), 'OPTIONS'), 'browsers ask OPTIONS without credentials', () => any([
        authorized(resource.get('AuthorizationType')), boundByPolicy(resource.get('RestApiId').target()),
      ]).because('anyone may call the method'));
    }
    const key = resource.get('RouteKey');
    const api = resource.get('ApiId').target();
    const later = api?.type === 'AWS::ApiGatewayV2::Api' ? all(api.get('ProtocolType').is('WEBSOCKET'), key.isNot('$connect')) : key.is('$disconnect');
    const exempt = any([key.matches(/^options\s/i, 'OPTIONS'), later]);
    return applies(not(exempt, 'exempt'), 'browsers ask OPTIONS without credentials, and WebSocket callers are authorized when they connect',
      () => authorized(resource.get('AuthorizationType')).because('anyone may call the route'));
  },
});

export const domainTls = rule({
  id: 'ApiGateway.DomainTls',
  resourceTypes: ['AWS::ApiGateway::DomainName', 'AWS::ApiGateway::DomainNameV2', 'AWS::ApiGatewayV2::DomainName', SAM_API],
  title: 'Custom domain takes TLS 1.2 and later',
  severity: 'medium',
  criteria: { direct: ['CC6.7'] },
  rationale: 'TLS 1.0 and 1.1 have known weaknesses.',
  remediation: { construct: 'SecureRestApi', l2: 'securityPolicy: SecurityPolicy.TLS_1_2', cfn: 'SecurityPolicy: TLS_1_2' },
  configRule: 'APIGATEWAY_DOMAIN_NAME_TLS_CHECK',
  sources: ['Amazon API Gateway developer guide, "Choose a security policy for your custom domain": the enhanced ones begin with TLS 1.2'],
  check: (domain) => {
    const current = (place: Property) => place.get('SecurityPolicy').matches(/^(TLS_1_[23]|SecurityPolicy_TLS1[23]_(?!1_[01]_)\w+)$/, 'TLS_1_2');
    if (domain.type === SAM_API) return applies(domain.get('Domain').isPresent(), 'the API has no custom domain', () => current(domain.get('Domain')));
    if (domain.type !== 'AWS::ApiGatewayV2::DomainName') return current(domain.properties());
    const configurations = domain.get('DomainNameConfigurations');
    return all(configurations.count(1), configurations.every(current));
  },
});

export const apiWebAcl = rule({
  id: 'ApiGateway.WebAcl',
  resourceTypes: [STAGE, SAM_API],
  title: 'Public REST API is behind a web ACL',
  severity: 'medium',
  criteria: { direct: ['CC6.6'] },
  rationale: 'A web application firewall refuses known attacks before they reach an application that everyone can call.',
  remediation: { construct: 'SecureRestApi', l2: 'CfnWebACLAssociation', cfn: 'AWS::WAFv2::WebACLAssociation with the stage as ResourceArn' },
  configRule: 'API_GW_ASSOCIATED_WITH_WAF',
  nagRules: ['APIGWAssociatedWithWAF'],
  sources: ['AWS::WAFv2::WebACLAssociation, ResourceArn: arn:…:apigateway:region::/restapis/api-id/stages/stage-name'],
  check: (stage, model) => {
    const api = stage.type === SAM_API ? stage : stage.get('RestApiId').target();
    const closed = api && [REST_API, SAM_API].includes(api.type) ? isPrivate(api) : Truth.no('not known to be private');
    return applies(not(closed, 'private'), 'the API is private', () => any(
      model.ofType('AWS::WAFv2::WebACLAssociation', 'AWS::WAFRegional::WebACLAssociation').map((one) => namesStage(one.get('ResourceArn'), stage, api)),
    ).because('no web ACL is associated'));
  },
});

/** An ARN names a stage by reference, or by the API and the name of the stage. */
function namesStage(arn: Property, stage: ResourceReader, api: ResourceReader | undefined): Truth {
  const named = arn.parts.filter(isReference).map((part) => part.target);
  if (named.length && !named.includes(stage.resource) && !(api && named.includes(api.resource))) return Truth.no('it names another resource');
  const name = stage.get('StageName');
  return any([arn.names(stage), ...api && !name.missing ? [all(arn.names(api), endsInName(arn, name))] : []]);
}

/** The last segment of an ARN is a name. One that is known at deployment is the same where it is written the same. */
function endsInName(arn: Property, name: Property): Truth {
  if (name.scalar !== undefined) return arn.endsWith(`/stages/${String(name.scalar)}`);
  const wanted = identity(name);
  return wanted !== undefined && identity(arn, '?')?.endsWith(`/stages/${wanted}`) ? Truth.YES : name.openTruth();
}

/** The text of a place, the same where deployment makes it the same; undefined when it holds what has no such text, unless `other` stands for that. */
function identity(place: Property, other?: string): string | undefined {
  const pieces = place.parts.map((part) => (typeof part === 'string' ? part : isReference(part) || !part.choice ? other : `\${${part.choice.key}}`));
  return pieces.length === 0 || pieces.includes(undefined) ? undefined : pieces.join('');
}

/** Two places say the same, be it a parameter that is known at deployment. */
function alike(place: Property, wanted: Property): Truth {
  const text = identity(place);
  return text !== undefined && text === identity(wanted) ? Truth.YES : sameAs(place, wanted);
}

export const throttling = rule({
  id: 'ApiGateway.Throttling',
  resourceTypes: [...STAGES, ...HTTP_STAGES],
  title: 'Stage limits requests, by throttling or a usage plan',
  severity: 'low',
  onByDefault: false,
  criteria: { direct: [], supporting: ['A1.1', 'CC6.6'] },
  rationale: 'Without limits of its own, one API can use up the quota of the account. The account itself is always limited, so this is off by default.',
  remediation: {
    construct: 'SecureRestApi',
    l2: 'deployOptions: { throttlingRateLimit }, or addUsagePlan({ apiStages })',
    cfn: 'ThrottlingRateLimit for every method, or an AWS::ApiGateway::UsagePlan with the stage in ApiStages',
  },
  nagRules: ['APIGWDefaultThrottling'],
  sources: ['Amazon API Gateway developer guide, "Throttle requests to your REST APIs"', 'AWS::ApiGateway::UsagePlan ApiStage'],
  check: (resource, model) => (HTTP_STAGES.includes(resource.type) ? resource.get('DefaultRouteSettings.ThrottlingRateLimit').isPresent()
    : stageOf(resource, model, (stage) => any([
      everyMethod(stage, 'ThrottlingRateLimit', (limit) => limit.isPresent()), planned(resource, model),
      resource.type === SAM_API ? stage.get('Auth.UsagePlan.CreateUsagePlan').oneOf(['PER_API', 'SHARED']) : Truth.no('it makes no usage plan'),
    ])
      .because('the stage sets no limit, and no usage plan names it'))),
});

function planned(stage: ResourceReader, model: Evaluation): Truth {
  const api = stage.get('RestApiId');
  return any(model.ofType('AWS::ApiGateway::UsagePlan').map((plan) => plan.get('ApiStages').some((one) => any([
    one.get('Stage').names(stage),
    all(alike(one.get('Stage'), stage.get('StageName')), api.missing ? Truth.YES : alike(one.get('ApiId'), api)),
  ]))));
}

export const privateEndpoint = rule({
  id: 'ApiGateway.PrivateEndpoint',
  resourceTypes: [REST_API, SAM_API],
  title: 'API is private',
  severity: 'low',
  onByDefault: false,
  criteria: { direct: [], supporting: ['CC6.6'] },
  rationale: 'For APIs that serve no one outside. A public API fails it by design.',
  remediation: { l2: 'endpointTypes: [EndpointType.PRIVATE]', cfn: 'EndpointConfiguration: { Types: [PRIVATE] }' },
  configRule: 'API_GW_ENDPOINT_TYPE_CHECK',
  sources: ['AWS::ApiGateway::RestApi EndpointConfiguration: EDGE by default'],
  check: isPrivate,
});

export const domainEndpointType = rule({
  id: 'ApiGateway.DomainEndpointType',
  resourceTypes: ['AWS::ApiGateway::DomainName'],
  title: 'Custom domain states its endpoint type',
  severity: 'low',
  onByDefault: false,
  criteria: { direct: [], supporting: ['CC6.6'] },
  rationale: 'The type decides whether the domain is served in one Region or at every edge; left out, AWS chooses. It protects nothing by itself.',
  remediation: { l2: 'endpointType', cfn: 'EndpointConfiguration: { Types }' },
  configRule: 'API_GW_ENDPOINT_TYPE_CHECK',
  sources: ['AWS::ApiGateway::DomainName EndpointConfiguration'],
  check: (domain) => {
    const types = domain.get('EndpointConfiguration.Types');
    return all(types.count(1), types.every((type) => type.oneOf(['REGIONAL', 'EDGE', 'PRIVATE'])));
  },
});

export const requestValidation = rule({
  id: 'ApiGateway.RequestValidation',
  resourceTypes: [REST_API],
  title: 'API can validate requests',
  severity: 'low',
  onByDefault: false,
  criteria: { direct: [], supporting: ['PI1.2', 'CC6.6'] },
  rationale: 'Requests that do not fit their model are refused at the front. Most applications check their input themselves, so this is off by default.',
  remediation: { construct: 'SecureRestApi', l2: 'addRequestValidator({ validateRequestBody: true, validateRequestParameters: true })', cfn: 'AWS::ApiGateway::RequestValidator' },
  nagRules: ['APIGWRequestValidation'],
  sources: ['AWS::ApiGateway::RequestValidator'],
  check: (api, model) => any(model.referrers(api, 'AWS::ApiGateway::RequestValidator', 'RestApiId')
    .map((one) => all(one.get('ValidateRequestBody').isTrue(), one.get('ValidateRequestParameters').isTrue())), 'the API has no request validator'),
});

export const defaultEndpointDisabled = rule({
  id: 'ApiGateway.DefaultEndpointDisabled',
  resourceTypes: [REST_API, 'AWS::ApiGatewayV2::Api', SAM_API, 'AWS::Serverless::HttpApi'],
  title: 'API is reached through its own domain only',
  severity: 'low',
  onByDefault: false,
  criteria: { direct: [], supporting: ['CC6.6'] },
  rationale: 'The address that AWS gives goes around what stands in front of a custom domain. APIs without one need it.',
  remediation: { construct: 'SecureRestApi', l2: 'disableExecuteApiEndpoint: true', cfn: 'DisableExecuteApiEndpoint: true' },
  sources: ['AWS::ApiGateway::RestApi, DisableExecuteApiEndpoint'],
  check: (api) => api.get('DisableExecuteApiEndpoint').isTrue(),
});
