import { App, PropertyInjectors, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import * as apigatewayv2 from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpUserPoolAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpUrlIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { appWith, claimsIn, describeConstruct, modelOf, optionalOf } from './harness';
import { HardeningInjector } from '../../src/blueprint/injectors';
import { SecureHttpApi, SecureHttpApiProps, SecureUserPool } from '../../src/constructs';
import { httpApiHardening, httpStageHardening } from '../../src/constructs/api/http-api-hardening';
import { httpApiDefaults } from '../../src/defaults';
import { describeInjected } from '../blueprint/injected';

const [API, STAGE, ROUTE] = ['AWS::ApiGatewayV2::Api', 'AWS::ApiGatewayV2::Stage', 'AWS::ApiGatewayV2::Route'];
const CERTIFICATE = 'arn:aws:acm:eu-west-1:111111111111:certificate/12345678-1234-1234-1234-123456789012';
const integration = (): HttpUrlIntegration => new HttpUrlIntegration('Integration', 'https://example.org');
const withRoute = <T extends apigatewayv2.HttpApi>(api: T): T => {
  api.addRoutes({ path: '/orders', methods: [apigatewayv2.HttpMethod.GET], integration: integration() });
  return api;
};
const make = (scope: Construct, id: string, props?: SecureHttpApiProps): SecureHttpApi => withRoute(new SecureHttpApi(scope, id, props));
const stage = (api: SecureHttpApi): apigatewayv2.CfnStage => api.defaultStage!.node.defaultChild as apigatewayv2.CfnStage;
const { authorization, corsPreflight, disableExecuteApiEndpoint, ...stageDefaults } = httpApiDefaults;

describeConstruct<SecureHttpApiProps>({
  name: 'SecureHttpApi',
  make,
  optional: optionalOf<SecureHttpApiProps>()([
    'apiName', 'description', 'defaultIntegration', 'createDefaultStage', 'corsPreflight', 'defaultDomainMapping', 'disableExecuteApiEndpoint', 'defaultAuthorizer',
    'defaultAuthorizationScopes', 'routeSelectionExpression', 'ipAddressType', 'optOuts',
  ]),
  breaks: {
    'ApiGateway.AccessLogs': (api: SecureHttpApi) => stage(api).addPropertyDeletionOverride('AccessLogSettings'),
    'ApiGateway.StructuredLogs': (api: SecureHttpApi) => stage(api).addPropertyOverride('AccessLogSettings.Format', '$context.requestId'),
    'ApiGateway.Throttling': (api: SecureHttpApi) => stage(api).addPropertyDeletionOverride('DefaultRouteSettings'),
  },
  weakenings: [
    {
      props: { corsPreflight: { allowCredentials: true, allowOrigins: ['https://*'] } },
      says: 'corsPreflight with credentials for https://*',
      rules: ['ApiGateway.CorsCredentials'],
    },
  ],
  uses: (api: SecureHttpApi, consumer) => {
    const role = new iam.Role(consumer, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
    role.addToPolicy(new iam.PolicyStatement({ actions: ['execute-api:Invoke'], resources: [api.arnForExecuteApi('GET', '/orders', '$default')] }));
  },
  nag: {},
});

describeInjected<apigatewayv2.HttpApiProps>({
  name: 'apigatewayv2.HttpApi',
  hardening: httpApiHardening,
  make: (scope, id, props) => withRoute(new apigatewayv2.HttpApi(scope, id, props)),
  defaults: { [API]: { corsPreflight }, [ROUTE]: { authorization }, [STAGE]: stageDefaults },
  explicit: { props: { corsPreflight: { allowCredentials: true, allowOrigins: ['https://*'] } }, rule: 'ApiGateway.CorsCredentials' },
});

describeInjected<apigatewayv2.HttpStageProps>({
  name: 'apigatewayv2.HttpStage',
  hardening: httpStageHardening,
  make: (scope, id, props) => new apigatewayv2.HttpStage(scope, id, { stageName: 'live', ...props, httpApi: new apigatewayv2.HttpApi(scope, `${id}Api`, { createDefaultStage: false }) }),
  defaults: { [STAGE]: stageDefaults },
  explicit: {
    props: { accessLogSettings: { destination: { bind: () => ({ destinationArn: 'arn:aws:logs:eu-west-1:111111111111:log-group:mine' }) }, format: AccessLogFormat.clf() } },
    rule: 'ApiGateway.StructuredLogs',
  },
});

describe('SecureHttpApi', () => {
  const stackOf = (fill: (stack: Stack) => void): Template => {
    const stack = new Stack(appWith(), 'S');
    fill(stack);
    return Template.fromStack(stack);
  };

  test('a route answers callers with IAM credentials, or those that its own authorizer knows', () => {
    const template = stackOf((stack) => {
      const pool = new SecureUserPool(stack, 'Pool');
      const api = make(stack, 'X', { defaultIntegration: integration() });
      api.addRoutes({ path: '/me', integration: integration(), authorizer: new HttpUserPoolAuthorizer('Users', pool, { userPoolClients: [pool.addClient('Web')] }) });
    });
    const types = Object.values(template.findResources(ROUTE)).map(({ Properties }) => [Properties.RouteKey, Properties.AuthorizationType]);
    expect(Object.fromEntries(types)).toEqual({ '$default': 'AWS_IAM', 'GET /orders': 'AWS_IAM', 'ANY /me': 'JWT' });
  });

  test('takes the default authorizer that is given', () => {
    const template = stackOf((stack) => {
      const pool = new SecureUserPool(stack, 'Pool');
      make(stack, 'X', { defaultAuthorizer: new HttpUserPoolAuthorizer('Users', pool, { userPoolClients: [pool.addClient('Web')] }) });
    });
    template.hasResourceProperties(ROUTE, { AuthorizationType: 'JWT' });
  });

  test('logs into a group whose name needs no room in the resource policy, by which API Gateway delivers', () => {
    const template = stackOf((stack) => make(stack, 'X'));
    const [[group, { Properties }]] = Object.entries(template.findResources('AWS::Logs::LogGroup'));
    expect(JSON.stringify(Properties.LogGroupName)).toMatch(/"\/aws\/vendedlogs\/apis\/S-X-\w{8}-DefaultStage-",{"Fn::Select"/);
    template.hasResourceProperties(STAGE, {
      AccessLogSettings: { DestinationArn: { 'Fn::GetAtt': [group, 'Arn'] }, Format: Match.serializedJson(Match.objectLike({ requestId: '$context.requestId', routeKey: '$context.routeKey' })) },
      DefaultRouteSettings: { ThrottlingRateLimit: 1000, ThrottlingBurstLimit: 500, DetailedMetricsEnabled: true },
      AutoDeploy: true,
    });
  });

  test('with a custom domain is reached there only', () => {
    const mapping = (stack: Stack): apigatewayv2.DomainMappingOptions => ({
      domainName: new apigatewayv2.DomainName(stack, 'Domain', { domainName: 'api.example.org', certificate: acm.Certificate.fromCertificateArn(stack, 'Certificate', CERTIFICATE) }),
    });
    const stack = new Stack(appWith(), 'S');
    make(stack, 'X', { defaultDomainMapping: mapping(stack) });
    Template.fromStack(stack).hasResourceProperties(API, { DisableExecuteApiEndpoint: true });
    expect(claimsIn(modelOf(stack.node.root as App), 'SecureHttpApi').filter(({ rule }) => rule === 'ApiGateway.DefaultEndpointDisabled').map(({ verdict }) => verdict)).toEqual(['pass']);
    const other = new Stack(appWith(), 'S');
    expect(() => make(other, 'X', { defaultDomainMapping: mapping(other), disableExecuteApiEndpoint: false }))
      .toThrow('SecureHttpApi at S/X: disableExecuteApiEndpoint: false weakens ApiGateway.DefaultEndpointDisabled');
  });

  test('claims that CORS is sound where there is some', () => {
    const stack = new Stack(appWith(), 'S');
    make(stack, 'X', { corsPreflight: { allowCredentials: true, allowOrigins: ['https://example.org'] } });
    make(stack, 'Y', { corsPreflight: { allowOrigins: ['*'] } });
    make(stack, 'Z');
    const verdicts = claimsIn(modelOf(stack.node.root as App), 'SecureHttpApi').filter(({ rule }) => rule === 'ApiGateway.CorsCredentials').map(({ verdict }) => verdict);
    expect(verdicts).toEqual(['pass', 'pass']);
  });

  test('has secure stages, also those that are added', () => {
    const stack = new Stack(appWith(), 'S');
    const api = make(stack, 'X', { createDefaultStage: false });
    expect(api.defaultStage).toBeUndefined();
    api.addStage('Live', { stageName: 'live', throttle: { rateLimit: 10 } });
    api.addStage('Old', { stageName: 'old', accessLogSettings: { destination: new apigatewayv2.LogGroupLogDestination(new logs.LogGroup(stack, 'Mine')), format: AccessLogFormat.clf() } });
    const claims = claimsIn(modelOf(stack.node.root as App), 'SecureHttpApi').map(({ rule, verdict }) => `${rule} ${verdict}`);
    expect(claims.sort()).toEqual(['ApiGateway.AccessLogs pass', 'ApiGateway.AccessLogs pass', 'ApiGateway.StructuredLogs pass', 'ApiGateway.Throttling pass', 'ApiGateway.Throttling pass']);
    Template.fromStack(stack).hasResourceProperties(STAGE, { StageName: 'live', DefaultRouteSettings: { ThrottlingRateLimit: 10, ThrottlingBurstLimit: 500 } });
  });
});

describe('apigatewayv2.HttpApi under its injector', () => {
  test('leaves its stage to the injector of stages where there is one', () => {
    const app = appWith();
    PropertyInjectors.of(app).add(new HardeningInjector(httpApiHardening), new HardeningInjector(httpStageHardening));
    const stack = new Stack(app, 'S');
    withRoute(new apigatewayv2.HttpApi(stack, 'X'));
    make(stack, 'Y');
    const template = Template.fromStack(stack);
    template.resourceCountIs('AWS::Logs::LogGroup', 2);
    template.allResourcesProperties(STAGE, { AccessLogSettings: Match.anyValue(), DefaultRouteSettings: Match.anyValue() });
  });
});
