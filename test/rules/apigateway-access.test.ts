import { Case, fail, notApplicable, pass, unknown, verdicts } from './verdicts';
import * as rules from '../../src/rules/apigateway-access';

const of = (type: string) => (properties: object = {}, more: object = {}): Case => ({ Subject: { Type: type, Properties: properties }, ...more });
const method = of('AWS::ApiGateway::Method');
const route = of('AWS::ApiGatewayV2::Route');
const stage = of('AWS::ApiGateway::Stage');
const restApi = of('AWS::ApiGateway::RestApi');
const samApi = of('AWS::Serverless::Api');
const domain = of('AWS::ApiGateway::DomainName');
const param = { $Parameters: { P: { Type: 'String' } } };
const api = (properties: object = {}) => ({ Api: { Type: 'AWS::ApiGateway::RestApi', Properties: properties } });
const socket = { Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { ProtocolType: 'WEBSOCKET' } } };

const open = { HttpMethod: 'GET', AuthorizationType: 'NONE', RestApiId: { Ref: 'Api' } };
const policy = (more: object) => ({ Policy: { Statement: { Effect: 'Allow', Principal: '*', Action: 'execute-api:Invoke', Resource: '*', ...more } } });
verdicts(rules.authorization, {
  pass: {
    'IAM': method({ HttpMethod: 'GET', AuthorizationType: 'AWS_IAM' }),
    'an authorizer': method({ HttpMethod: 'POST', AuthorizationType: 'CUSTOM' }),
    'a route': route({ RouteKey: 'GET /a', AuthorizationType: 'JWT' }),
  },
  fail: {
    'none': method(open, api()),
    'absent': method({ HttpMethod: 'GET' }),
    'a route': route({ RouteKey: 'GET /a' }),
    'a route, said': route({ RouteKey: '$default', AuthorizationType: 'NONE' }),
  },
  unknown: { 'a parameter': method({ HttpMethod: 'GET', AuthorizationType: { Ref: 'P' } }, param) },
  notApplicable: { 'OPTIONS': method({ HttpMethod: 'OPTIONS', AuthorizationType: 'NONE' }), 'OPTIONS of a route': route({ RouteKey: 'OPTIONS /a' }) },
  trap: {
    'in another case': fail(method({ HttpMethod: 'GET', AuthorizationType: 'None' })),
    'a key is no authorization': fail(method({ ...open, ApiKeyRequired: true }, api())),
    'the resource policy binds callers': pass(method(open, api(policy({ Condition: { StringEquals: { 'aws:SourceVpce': 'vpce-1' } } })))),
    'the resource policy binds nobody': fail(method(open, api(policy({})))),
    'WebSocket callers when they connect': fail(route({ RouteKey: '$connect', ApiId: { Ref: 'Api' } }, socket)),
    'WebSocket callers afterwards': notApplicable(route({ RouteKey: 'send', ApiId: { Ref: 'Api' } }, socket)),
  },
});

const samFn = of('AWS::Serverless::Function');
const event = (properties: object, Type = 'Api') => ({ Events: { Get: { Type, Properties: { Path: '/a', Method: 'get', ...properties } } } });
const samApiWith = (properties: object, type = 'Api') => ({ Api: { Type: `AWS::Serverless::${type}`, Properties: properties } });
const AUTH = { Auth: { DefaultAuthorizer: 'Users' } };
describe('of a SAM function', () => {
  verdicts(rules.authorization, {
    pass: {
      'the default of the API': samFn(event({ RestApiId: { Ref: 'Api' } }), samApiWith(AUTH)),
      'the default of an HTTP API': samFn(event({ ApiId: { Ref: 'Api' } }, 'HttpApi'), samApiWith(AUTH, 'HttpApi')),
      'its own': samFn(event({ Auth: { Authorizer: 'AWS_IAM' } })),
    },
    fail: { 'none': samFn(event({ RestApiId: { Ref: 'Api' } }), samApiWith({})), 'none, HTTP': samFn(event({ ApiId: { Ref: 'Api' } }, 'HttpApi'), samApiWith({}, 'HttpApi')) },
    unknown: {
      'the API that SAM makes by itself': samFn(event({})),
      'the API is described by a document': samFn(event({ RestApiId: { Ref: 'Api' } }), samApiWith({ DefinitionUri: 'api.yaml' })),
      'a parameter': samFn(event({ Auth: { Authorizer: { Ref: 'P' } } }), param),
    },
    notApplicable: { 'no API calls it': samFn({ Events: { Jobs: { Type: 'SQS' } } }), 'no event': samFn() },
    trap: {
      'turned off for one path': fail(samFn(event({ RestApiId: { Ref: 'Api' }, Auth: { Authorizer: 'NONE' } }), samApiWith(AUTH))),
      'an authorizer that is no default': fail(samFn(event({ RestApiId: { Ref: 'Api' } }), samApiWith({ Auth: { Authorizers: { Users: {} } } }))),
      'browsers ask without credentials': pass(samFn(event({ Method: 'OPTIONS', RestApiId: { Ref: 'Api' } }), samApiWith({}))),
      'the policy of the API names addresses': pass(samFn(event({ RestApiId: { Ref: 'Api' } }), samApiWith({ Auth: { ResourcePolicy: { IpRangeWhitelist: ['10.0.0.0/8'] } } }))),
      'the policy of the API refuses some only': fail(samFn(event({ RestApiId: { Ref: 'Api' } }), samApiWith({ Auth: { ResourcePolicy: { IpRangeBlacklist: ['10.0.0.0/8'] } } }))),
    },
  });
});

const TLS12 = { SecurityPolicy: 'TLS_1_2' };
const httpDomain = (...configurations: object[]) => of('AWS::ApiGatewayV2::DomainName')({ DomainNameConfigurations: configurations });
verdicts(rules.domainTls, {
  pass: {
    'TLS 1.2': domain(TLS12),
    'HTTP': httpDomain(TLS12),
    'SAM': samApi({
      Domain: {
        DomainName: 'api.example.com',
        ...TLS12,
      },
    }),
    'private': of('AWS::ApiGateway::DomainNameV2')(TLS12),
    ...Object.fromEntries([
      'TLS13_1_3_2025_09', 'TLS13_1_2_PFS_PQ_2025_09', 'TLS13_2025_EDGE', 'TLS12_2018_EDGE',
    ].map((name) => [name, domain({ SecurityPolicy: `SecurityPolicy_${name}` })])),
  },
  fail: {
    'TLS 1.0': domain({ SecurityPolicy: 'TLS_1_0' }),
    'absent': domain(),
    'absent, HTTP': httpDomain({ CertificateArn: 'arn' }),
    'absent, SAM': samApi({ Domain: { DomainName: 'api.example.com' } }),
  },
  unknown: { 'a parameter': domain({ SecurityPolicy: { Ref: 'P' } }, param) },
  notApplicable: { 'SAM without a domain': samApi() },
  trap: { 'one of two configurations': fail(httpDomain(TLS12, { SecurityPolicy: 'TLS_1_0' })), 'no configuration': fail(httpDomain()) },
});

const associated = (arn: unknown, properties: object = { StageName: 'prod', RestApiId: { Ref: 'Api' } }): Case =>
  stage(properties, { ...api(), Waf: { Type: 'AWS::WAFv2::WebACLAssociation', Properties: { ResourceArn: arn, WebACLArn: 'arn' } } });
verdicts(rules.apiWebAcl, {
  pass: { 'by reference': associated({ 'Fn::Sub': 'arn:aws:apigateway:${AWS::Region}::/restapis/${Api}/stages/${Subject}' }) },
  fail: { 'none': stage({ RestApiId: { Ref: 'Api' } }, api()), 'none, SAM': samApi({ StageName: 'prod' }) },
  unknown: { 'a parameter': { ...associated({ Ref: 'P' }), ...param } },
  notApplicable: {
    'a private API': stage({ RestApiId: { Ref: 'Api' } }, api({ EndpointConfiguration: { Types: ['PRIVATE'] } })),
    'a private API, SAM': samApi({ EndpointConfiguration: 'PRIVATE' }),
  },
  trap: {
    'by the name of the stage': pass(associated({ 'Fn::Sub': 'arn:aws:apigateway:${AWS::Region}::/restapis/${Api}/stages/prod' })),
    'by the name of the stage, a parameter': pass({
      ...associated({ 'Fn::Sub': 'arn:aws:apigateway:${AWS::Region}::/restapis/${Api}/stages/${P}' }, { StageName: { Ref: 'P' }, RestApiId: { Ref: 'Api' } }), ...param,
    }),
    'by the name of the stage, made of a parameter': pass({
      ...associated({ 'Fn::Sub': 'arn:aws:apigateway:${AWS::Region}::/restapis/${Api}/stages/v1-${P}' }, { StageName: { 'Fn::Sub': 'v1-${P}' }, RestApiId: { Ref: 'Api' } }), ...param,
    }),
    'by another name, of a stage whose name is a parameter': unknown({
      ...associated({ 'Fn::Sub': 'arn:aws:apigateway:eu-west-1::/restapis/${Api}/stages/x-${P}' }, { StageName: { Ref: 'P' }, RestApiId: { Ref: 'Api' } }), ...param,
    }),
    'another stage of the API': fail(associated({ 'Fn::Sub': 'arn:aws:apigateway:eu-west-1::/restapis/${Api}/stages/test' })),
    'another resource': fail({
      ...associated({ 'Fn::Sub': 'arn:aws:apigateway:${AWS::Region}::/restapis/${Other}/stages/prod' }),
      Other: { Type: 'AWS::ApiGateway::RestApi' },
    }),
  },
});

const limited = (settings: object) => stage({ MethodSettings: [{ HttpMethod: '*', ResourcePath: '/*', ...settings }] });
const planned = (of_: object, properties: object = { RestApiId: 'api', StageName: 'prod' }, more: object = {}): Case =>
  stage(properties, { Plan: { Type: 'AWS::ApiGateway::UsagePlan', Properties: { ApiStages: [{ ApiId: 'api', ...of_ }] } }, ...more });
const making = (name: string, of_: string): Case => ({
  Subject: { Type: 'AWS::ApiGateway::Deployment', Properties: { RestApiId: 'api', StageName: name } },
  Plan: { Type: 'AWS::ApiGateway::UsagePlan', Properties: { ApiStages: [{ ApiId: 'api', Stage: of_ }] } },
});
verdicts(rules.throttling, {
  pass: {
    'throttled': limited({ ThrottlingRateLimit: 100 }),
    'in a plan': planned({ Stage: { Ref: 'Subject' } }),
    'throttled, HTTP': of('AWS::ApiGatewayV2::Stage')({ DefaultRouteSettings: { ThrottlingRateLimit: 100 } }),
  },
  fail: {
    'neither': stage({ RestApiId: 'api' }),
    'another stage in the plan': planned({ Stage: 'test' }),
    'HTTP': of('AWS::ApiGatewayV2::Stage')(),
    'a stage that a deployment makes': making('prod', 'test'),
  },
  unknown: { 'the stage in the plan is a parameter': planned({ Stage: { Ref: 'P' } }, undefined, param) },
  notApplicable: { 'a deployment that makes no stage': of('AWS::ApiGateway::Deployment')({ RestApiId: 'api' }) },
  trap: {
    'SAM makes a plan': pass(samApi({ StageName: 'prod', Auth: { UsagePlan: { CreateUsagePlan: 'PER_API' } } })),
    'SAM makes none': fail(samApi({ StageName: 'prod', Auth: { UsagePlan: { CreateUsagePlan: 'NONE' } } })),
    'in a plan, by a name that both take from a parameter': pass(planned({ Stage: { Ref: 'P' }, ApiId: { Ref: 'Q' } }, { RestApiId: { Ref: 'Q' }, StageName: { Ref: 'P' } }, param)),
    'in a plan, by another name of an API that is not defined': fail(planned({ Stage: 'test', ApiId: { Ref: 'Q' } }, { RestApiId: { Ref: 'Q' }, StageName: 'prod' })),
    'in a plan, by name': pass(planned({ Stage: 'prod' })),
    'a stage of that name of another API': fail(planned({ Stage: 'prod', ApiId: 'other' })),
    'a stage that a deployment makes, by name': pass(making('prod', 'prod')),
    'one method only': fail(stage({
      MethodSettings: [
        { HttpMethod: 'GET', ResourcePath: '/a', ThrottlingRateLimit: 1 }, { HttpMethod: 'GET', ResourcePath: '/b' },
      ],
    })),
  },
});

verdicts(rules.privateEndpoint, {
  pass: {
    'private': restApi({ EndpointConfiguration: { Types: ['PRIVATE'] } }),
    'SAM': samApi({ EndpointConfiguration: { Type: 'PRIVATE' } }),
    'SAM, in short': samApi({ EndpointConfiguration: 'PRIVATE' }),
  },
  fail: { absent: restApi(), regional: restApi({ EndpointConfiguration: { Types: ['REGIONAL'] } }) },
  unknown: { 'a parameter': restApi({ EndpointConfiguration: { Types: [{ Ref: 'P' }] } }, param) },
  trap: {
    'private beside another': fail(restApi({ EndpointConfiguration: { Types: ['PRIVATE', 'REGIONAL'] } })),
    'said in the import': pass(restApi({ Parameters: { endpointConfigurationTypes: 'PRIVATE' } })),
  },
});

verdicts(rules.domainEndpointType, {
  pass: { regional: domain({ EndpointConfiguration: { Types: ['REGIONAL'] } }) },
  fail: { absent: domain() },
  unknown: { 'a parameter': domain({ EndpointConfiguration: { Types: [{ Ref: 'P' }] } }, param) },
  trap: {
    'a type that does not exist': fail(domain({ EndpointConfiguration: { Types: ['LOCAL'] } })),
    'an empty list': fail(domain({ EndpointConfiguration: { Types: [] } })),
  },
});

const validated = (validator: object, of_: unknown = { Ref: 'Subject' }): Case =>
  restApi({}, { Validator: { Type: 'AWS::ApiGateway::RequestValidator', Properties: { RestApiId: of_, ...validator } } });
const BOTH = { ValidateRequestBody: true, ValidateRequestParameters: true };
verdicts(rules.requestValidation, {
  pass: { both: validated(BOTH) },
  fail: { 'none': restApi(), 'parameters only': validated({ ValidateRequestParameters: true }) },
  unknown: { 'a parameter': { ...validated({ ...BOTH, ValidateRequestBody: { Ref: 'P' } }), ...param } },
  trap: { 'of another API': fail({ ...validated(BOTH, { Ref: 'Api' }), ...api() }) },
});

verdicts(rules.defaultEndpointDisabled, {
  pass: { 'disabled': restApi({ DisableExecuteApiEndpoint: true }), 'disabled, HTTP': of('AWS::ApiGatewayV2::Api')({ DisableExecuteApiEndpoint: 'true' }) },
  fail: { absent: restApi(), enabled: samApi({ DisableExecuteApiEndpoint: false }) },
  unknown: { 'a parameter': restApi({ DisableExecuteApiEndpoint: { Ref: 'P' } }, param) },
  trap: { 'a list where a value belongs': unknown(restApi({ DisableExecuteApiEndpoint: [true] })) },
});
