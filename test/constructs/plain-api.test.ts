import { App, NestedStack, PropertyInjectors, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as apigatewayv2 from 'aws-cdk-lib/aws-apigatewayv2';
import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { appWith, CONCRETE } from './harness';
import { HardeningInjector } from '../../src/blueprint/injectors';
import { SecureRestApi, WebFirewall } from '../../src/constructs';
import { domainNameHardening, httpDomainNameHardening } from '../../src/constructs/api/domain-name-hardening';
import { restApiHardening, specRestApiHardening } from '../../src/constructs/api/rest-api-hardening';
import { stageHardening } from '../../src/constructs/api/stage-hardening';
import { webSocketStageHardening } from '../../src/constructs/api/web-socket-stage-hardening';
import { OptOut } from '../../src/declarations/opt-out';
import { httpApiDefaults, restApiDefaults } from '../../src/defaults';
import { describeInjected } from '../blueprint/injected';

const [STAGE, ACCOUNT, ASSOCIATION, GROUP] = ['AWS::ApiGateway::Stage', 'AWS::ApiGateway::Account', 'AWS::WAFv2::WebACLAssociation', 'AWS::Logs::LogGroup'];
const CERTIFICATE = 'arn:aws:acm:eu-west-1:111111111111:certificate/12345678-1234-1234-1234-123456789012';
const { accessLogs, accessLogFormat, loggingLevel, dataTraceEnabled, tracingEnabled, throttlingRateLimit, webFirewall, securityPolicy } = restApiDefaults;
const ofStage = { accessLogs, accessLogFormat, loggingLevel, dataTraceEnabled, tracingEnabled, throttlingRateLimit, webFirewall };

const apiDefinition = apigateway.ApiDefinition.fromInline({ openapi: '3.0.1', info: { title: 'orders', version: '1' }, paths: {} });
const restApi = (scope: Construct, id: string, props: apigateway.RestApiProps = {}): apigateway.RestApi => {
  const api = new apigateway.RestApi(scope, id, { deploy: false, ...props });
  api.root.addMethod('GET', new apigateway.MockIntegration());
  return api;
};
const deploymentOf = (api: apigateway.IRestApi): apigateway.Deployment => new apigateway.Deployment(api, 'Copy', { api });
const stageOf = (api: apigateway.IRestApi, id = 'Beta', props: Partial<apigateway.StageProps> = {}): apigateway.Stage => (
  new apigateway.Stage(api, id, { stageName: id.toLowerCase(), deployment: deploymentOf(api), ...props }));
const certificateOf = (scope: Construct, id: string): acm.ICertificate => acm.Certificate.fromCertificateArn(scope, `${id}Certificate`, CERTIFICATE);

describeInjected<apigateway.SpecRestApiProps>({
  name: 'apigateway.SpecRestApi',
  hardening: specRestApiHardening,
  make: (scope, id, props) => new apigateway.SpecRestApi(scope, id, { apiDefinition, ...props }),
  defaults: { [STAGE]: ofStage },
  explicit: { props: { deployOptions: { tracingEnabled: false } }, rule: 'ApiGateway.Tracing' },
});

describeInjected<apigateway.StageProps>({
  name: 'apigateway.Stage',
  hardening: stageHardening,
  make: (scope, id, props) => stageOf(restApi(scope, `${id}Api`), id, props),
  defaults: { [STAGE]: ofStage },
  explicit: { props: { loggingLevel: apigateway.MethodLoggingLevel.OFF }, rule: 'ApiGateway.ExecutionLogs' },
});

describeInjected<apigateway.DomainNameProps>({
  name: 'apigateway.DomainName',
  hardening: domainNameHardening,
  make: (scope, id, props) => new apigateway.DomainName(scope, id, { domainName: `${id.toLowerCase()}.example.org`, certificate: certificateOf(scope, id), ...props }),
  defaults: { 'AWS::ApiGateway::DomainName': { securityPolicy } },
  explicit: { props: { securityPolicy: apigateway.SecurityPolicy.TLS_1_0 }, rule: 'ApiGateway.DomainTls' },
});

describeInjected<apigatewayv2.DomainNameProps>({
  name: 'apigatewayv2.DomainName',
  hardening: httpDomainNameHardening,
  make: (scope, id, props) => new apigatewayv2.DomainName(scope, id, { domainName: `${id.toLowerCase()}.example.org`, certificate: certificateOf(scope, id), ...props }),
  defaults: { 'AWS::ApiGatewayV2::DomainName': { securityPolicy } },
  explicit: { props: { securityPolicy: apigatewayv2.SecurityPolicy.TLS_1_0 }, rule: 'ApiGateway.DomainTls' },
});

describeInjected<apigatewayv2.WebSocketStageProps>({
  name: 'apigatewayv2.WebSocketStage',
  hardening: webSocketStageHardening,
  make: (scope, id, props) => new apigatewayv2.WebSocketStage(scope, id, { webSocketApi: new apigatewayv2.WebSocketApi(scope, `${id}Api`), stageName: 'live', autoDeploy: true, ...props }),
  defaults: {
    'AWS::ApiGatewayV2::Stage': {
      accessLogs: httpApiDefaults.accessLogs, accessLogFormat: httpApiDefaults.accessLogFormat, throttlingRateLimit: httpApiDefaults.throttlingRateLimit, loggingLevel, dataTraceEnabled,
    },
  },
  explicit: {
    props: { accessLogSettings: { destination: { bind: () => ({ destinationArn: 'arn:aws:logs:eu-west-1:111111111111:log-group:mine' }) }, format: apigateway.AccessLogFormat.clf() } },
    rule: 'ApiGateway.StructuredLogs',
  },
});

const injected = (fill: (stack: Stack) => void, context: object = {}): Template => {
  const app = new App({ context: { ...context } });
  PropertyInjectors.of(app).add(...[restApiHardening, specRestApiHardening, stageHardening, webSocketStageHardening].map((hardening) => new HardeningInjector(hardening)));
  const stack = new Stack(app, 'S', CONCRETE);
  fill(stack);
  return Template.fromStack(stack);
};
const associated = (template: Template): unknown[] => Object.values(template.findResources(ASSOCIATION)).map(({ Properties }) => Properties.ResourceArn['Fn::Join'][1].at(-1));
const dependenciesOf = (template: Template, type: string): string[][] => Object.values(template.findResources(type)).map(({ DependsOn }) => DependsOn);

describe('plain REST APIs under the blueprint', () => {
  test('every stage has a firewall, also when another stage of the API has one', () => {
    const template = injected((stack) => {
      const api = restApi(stack, 'X', { deploy: true });
      const beta = stageOf(api);
      new WebFirewall(stack, 'Mine').protect(beta, beta.stageArn);
    });
    const [[prod], [beta]] = ['prod', 'beta'].map((StageName) => Object.keys(template.findResources(STAGE, { Properties: { StageName } })));
    expect(associated(template)).toHaveLength(2);
    expect(associated(template)).toEqual(expect.arrayContaining([{ Ref: prod }, { Ref: beta }]));
    template.resourceCountIs('AWS::WAFv2::WebACL', 2);
  });

  test('a firewall that names a stage by its name is seen', () => {
    const template = injected((stack) => {
      const api = restApi(stack, 'X', { deploy: true });
      new WebFirewall(stack, 'Mine').protect(api, `arn:aws:apigateway:eu-west-1::/restapis/${api.restApiId}/stages/prod`);
    });
    template.resourceCountIs(ASSOCIATION, 1);
  });

  test('the stage that an API makes itself is made secure once', () => {
    const template = injected((stack) => restApi(stack, 'X', { deploy: true }));
    template.resourceCountIs(GROUP, 2);
    template.resourceCountIs(ASSOCIATION, 1);
    template.resourceCountIs(ACCOUNT, 1);
  });

  test('what our construct was told to leave out stays out', () => {
    const template = injected((stack) => new SecureRestApi(stack, 'X', { webFirewallEnabled: false, optOuts: [OptOut.of('ApiGateway.WebAcl', { reason: 'a test' })] })
      .root.addMethod('GET', new apigateway.MockIntegration()));
    template.resourceCountIs(ASSOCIATION, 0);
  });

  test('a stage beside the one of our construct is made secure', () => {
    const template = injected((stack) => {
      const api = new SecureRestApi(stack, 'X');
      api.root.addMethod('GET', new apigateway.MockIntegration());
      stageOf(api);
    });
    template.hasResourceProperties(STAGE, { StageName: 'beta', AccessLogSetting: Match.anyValue(), TracingEnabled: true });
    template.resourceCountIs(ASSOCIATION, 2);
  });

  test('no firewall stands before a private stage', () => {
    const policy = new iam.PolicyDocument({ statements: [new iam.PolicyStatement({ principals: [new iam.AnyPrincipal()], actions: ['execute-api:Invoke'], resources: ['*'] })] });
    injected((stack) => stageOf(restApi(stack, 'X', { endpointTypes: [apigateway.EndpointType.PRIVATE], policy }))).resourceCountIs(ASSOCIATION, 0);
  });

  test('a stage of an API from elsewhere is made secure', () => {
    const template = injected((stack) => stageOf(apigateway.RestApi.fromRestApiId(stack, 'X', 'abcdef1234')));
    template.hasResourceProperties(STAGE, { AccessLogSetting: Match.anyValue(), MethodSettings: [Match.objectLike({ LoggingLevel: 'ERROR' })] });
    template.resourceCountIs(ASSOCIATION, 1);
    expect(dependenciesOf(template, STAGE)).toEqual([Object.keys(template.findResources(ACCOUNT))]);
  });

  test.each<[string, apigateway.RestApiProps, number]>([
    ['makes the setting by which it may log', {}, 1],
    ['leaves it to the account, as the API says', { cloudWatchRole: false }, 0],
    ['leaves it to the API that makes it', { cloudWatchRole: true }, 1],
    ['leaves it to the API that makes it, and removes it', { cloudWatchRoleRemovalPolicy: RemovalPolicy.DESTROY }, 1],
  ])('a stage beside its API %s', (_, props, count) => {
    const template = injected((stack) => stageOf(restApi(stack, 'X', props)));
    template.resourceCountIs(ACCOUNT, count);
    template.resourceCountIs('AWS::IAM::Role', count);
  });

  test('the setting is there after the API, and before its stages', () => {
    const template = injected((stack) => {
      stageOf(restApi(stack, 'X'));
      new apigateway.SpecRestApi(stack, 'Y', { apiDefinition });
      new apigatewayv2.WebSocketStage(stack, 'Z', { webSocketApi: new apigatewayv2.WebSocketApi(stack, 'Sockets'), stageName: 'live' });
    });
    const [account] = Object.keys(template.findResources(ACCOUNT));
    expect(dependenciesOf(template, ACCOUNT)[0].sort()).toEqual([...Object.keys(template.findResources('AWS::ApiGateway::RestApi')), ...Object.keys(template.findResources('AWS::ApiGatewayV2::Api'))].sort());
    for (const dependencies of [...dependenciesOf(template, STAGE), ...dependenciesOf(template, 'AWS::ApiGatewayV2::Stage')]) expect(dependencies).toContain(account);
  });

  test('an API that is said by a specification keeps what is explicit', () => {
    injected((stack) => new apigateway.SpecRestApi(stack, 'X', { apiDefinition, endpointTypes: [apigateway.EndpointType.EDGE], deployOptions: { stageName: 'live', throttlingRateLimit: 5 } }))
      .hasResourceProperties(STAGE, { StageName: 'live', MethodSettings: [Match.objectLike({ ThrottlingRateLimit: 5, ThrottlingBurstLimit: 500 })] });
  });

  test('an API that is said by a specification is reached by its domain only', () => {
    const template = injected((stack) => new apigateway.SpecRestApi(stack, 'X', { apiDefinition, domainName: { domainName: 'api.example.org', certificate: certificateOf(stack, 'C') } }));
    template.hasResourceProperties('AWS::ApiGateway::RestApi', { DisableExecuteApiEndpoint: true, EndpointConfiguration: { Types: ['REGIONAL'] } });
    template.hasResourceProperties('AWS::ApiGateway::DomainName', { SecurityPolicy: 'TLS_1_2' });
  });

  test('an API that is said by a specification and has no stage needs nothing', () => {
    const template = injected((stack) => new apigateway.SpecRestApi(stack, 'X', { apiDefinition, deploy: false }));
    for (const type of [ACCOUNT, ASSOCIATION, GROUP]) template.resourceCountIs(type, 0);
  });

  test('a stage in a nested stack has the setting there', () => {
    const app = appWith();
    PropertyInjectors.of(app).add(new HardeningInjector(stageHardening));
    const nested = new NestedStack(new Stack(app, 'S', CONCRETE), 'N');
    stageOf(apigateway.RestApi.fromRestApiId(nested, 'X', 'abcdef1234'));
    Template.fromStack(nested).resourceCountIs(ACCOUNT, 1);
  });
});

describe('apigatewayv2.WebSocketStage under its injector', () => {
  const stageIn = (fill: (stage: apigatewayv2.CfnStage) => void, props: Partial<apigatewayv2.WebSocketStageProps> = {}): Template => injected((stack) => {
    const stage = new apigatewayv2.WebSocketStage(stack, 'X', { webSocketApi: new apigatewayv2.WebSocketApi(stack, 'Api'), stageName: 'live', ...props });
    fill(stage.node.defaultChild as apigatewayv2.CfnStage);
  });

  test('logs who connected, and why something failed', () => {
    stageIn(() => undefined).hasResourceProperties('AWS::ApiGatewayV2::Stage', {
      AccessLogSettings: { DestinationArn: Match.anyValue(), Format: Match.stringLikeRegexp('"connectionId":"\\$context.connectionId"') },
      DefaultRouteSettings: { LoggingLevel: 'ERROR', ThrottlingRateLimit: 1000, ThrottlingBurstLimit: 500, DetailedMetricsEnabled: true },
    });
  });

  test('keeps a level that was set, and limits that were given', () => {
    stageIn((cfn) => { cfn.defaultRouteSettings = { loggingLevel: 'INFO' }; })
      .hasResourceProperties('AWS::ApiGatewayV2::Stage', { DefaultRouteSettings: { LoggingLevel: 'INFO' } });
    stageIn(() => undefined, { throttle: { rateLimit: 7 } })
      .hasResourceProperties('AWS::ApiGatewayV2::Stage', { DefaultRouteSettings: { LoggingLevel: 'ERROR', ThrottlingRateLimit: 7, ThrottlingBurstLimit: 500 } });
  });
});
