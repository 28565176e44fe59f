import { App, NestedStack, PropertyInjectors, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { appWith, claimsIn, CONCRETE, describeConstruct, modelOf, optionalOf } from './harness';
import { OptOut } from '../../src';
import { HardeningInjector } from '../../src/blueprint/injectors';
import { SecureLogGroup, SecureRestApi, SecureRestApiProps, SecureUserPool, WebFirewall } from '../../src/constructs';
import { restApiHardening } from '../../src/constructs/api/rest-api-hardening';
import { restApiDefaults } from '../../src/defaults';
import { describeInjected } from '../blueprint/injected';

const { AuthorizationType, EndpointType, MethodLoggingLevel } = apigateway;
const [API, STAGE, METHOD] = ['AWS::ApiGateway::RestApi', 'AWS::ApiGateway::Stage', 'AWS::ApiGateway::Method'];
const CERTIFICATE = 'arn:aws:acm:eu-west-1:111111111111:certificate/12345678-1234-1234-1234-123456789012';

const reachableBy = (): iam.PolicyStatement => new iam.PolicyStatement({ principals: [new iam.AccountRootPrincipal()], actions: ['execute-api:Invoke'], resources: ['execute-api:/*'] });
const reachable = (): iam.PolicyDocument => new iam.PolicyDocument({ statements: [reachableBy()] });
const withMethod = <T extends apigateway.RestApi>(api: T): T => {
  api.root.addMethod('GET', new apigateway.MockIntegration());
  return api;
};
const make = (scope: Construct, id: string, props?: SecureRestApiProps): SecureRestApi => withMethod(new SecureRestApi(scope, id, props));
const stage = (api: SecureRestApi): apigateway.CfnStage => api.deploymentStage.node.defaultChild as apigateway.CfnStage;
const setting = (name: string, value: unknown) => (api: SecureRestApi) => stage(api).addPropertyOverride(`MethodSettings.0.${name}`, value);
const drop = (path: string) => (api: SecureRestApi) => stage(api).addPropertyDeletionOverride(path);
const domain = (scope: Construct, more: Partial<apigateway.DomainNameOptions> = {}): apigateway.DomainNameOptions => (
  { domainName: 'api.example.org', certificate: acm.Certificate.fromCertificateArn(scope, 'Certificate', CERTIFICATE), ...more });

describeConstruct<SecureRestApiProps>({
  name: 'SecureRestApi',
  make,
  optional: optionalOf<SecureRestApiProps>()([
    'deploy', 'deployOptions', 'retainDeployments', 'restApiName', 'parameters', 'policy', 'failOnWarnings', 'domainName', 'cloudWatchRole', 'cloudWatchRoleRemovalPolicy',
    'endpointExportName', 'endpointTypes', 'endpointConfiguration', 'disableExecuteApiEndpoint', 'description', 'binaryMediaTypes', 'minimumCompressionSize', 'minCompressionSize',
    'cloneFrom', 'apiKeySourceType', 'defaultIntegration', 'defaultMethodOptions', 'defaultCorsPreflightOptions', 'optOuts', 'webFirewall', 'webFirewallEnabled',
  ]),
  breaks: {
    'ApiGateway.RequestValidation': (api: SecureRestApi) => (
      (api.node.findChild('DefaultRequestValidator').node.defaultChild as apigateway.CfnRequestValidator).addPropertyOverride('ValidateRequestBody', false)),
    'ApiGateway.AccessLogs': drop('AccessLogSetting'),
    'ApiGateway.StructuredLogs': (api: SecureRestApi) => stage(api).addPropertyOverride('AccessLogSetting.Format', '$context.requestId'),
    'ApiGateway.ExecutionLogs': setting('LoggingLevel', 'OFF'),
    'ApiGateway.NoDataTrace': setting('DataTraceEnabled', true),
    'ApiGateway.Tracing': drop('TracingEnabled'),
    'ApiGateway.Throttling': drop('MethodSettings.0.ThrottlingRateLimit'),
    'ApiGateway.WebAcl': (api: SecureRestApi) => api.node.tryRemoveChild('WebFirewall'),
  },
  weakenings: [
    { props: { deployOptions: { accessLogFormat: apigateway.AccessLogFormat.clf() } }, says: 'deployOptions: { accessLogFormat } that is not JSON', rules: ['ApiGateway.StructuredLogs'] },
    { props: { deployOptions: { loggingLevel: MethodLoggingLevel.OFF } }, says: 'deployOptions: { loggingLevel: OFF }', rules: ['ApiGateway.ExecutionLogs'] },
    { props: { deployOptions: { methodOptions: { '/a/GET': { loggingLevel: MethodLoggingLevel.OFF } } } }, says: 'deployOptions: { loggingLevel: OFF }', rules: ['ApiGateway.ExecutionLogs'] },
    { props: { deployOptions: { dataTraceEnabled: true } }, says: 'deployOptions: { dataTraceEnabled: true }', rules: ['ApiGateway.NoDataTrace'] },
    { props: { deployOptions: { tracingEnabled: false } }, says: 'deployOptions: { tracingEnabled: false }', rules: ['ApiGateway.Tracing'] },
    { props: { deployOptions: { cachingEnabled: true, cacheDataEncrypted: false } }, says: 'deployOptions: { cacheDataEncrypted: false }', rules: ['ApiGateway.CacheEncrypted'] },
    { props: { webFirewallEnabled: false }, says: 'webFirewallEnabled: false', rules: ['ApiGateway.WebAcl'] },
  ],
  uses: (api: SecureRestApi, consumer) => {
    const role = new iam.Role(consumer, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
    role.addToPolicy(new iam.PolicyStatement({ actions: ['execute-api:Invoke'], resources: [api.arnForExecuteApi('GET', '/', 'prod')] }));
  },
  given: (elsewhere) => ({
    webFirewall: new WebFirewall(elsewhere, 'Firewall'),
    deployOptions: { accessLogDestination: new apigateway.LogGroupLogDestination(new SecureLogGroup(elsewhere, 'Logs')) },
  }),
  nag: {
    'AwsSolutions-COG4 S/X/Default/GET/Resource': 'callers are authorized by IAM; a user pool is for people',
    'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs] S/SharedApiGatewayAccountRole/Resource':
      'API Gateway checks the role for what this policy allows',
    'NIST.800.53.R5-APIGWCacheEnabledAndEncrypted S/X/DeploymentStage.prod/Resource': 'a cache is billed by the hour and suits few APIs; where there is one it is encrypted',
    'NIST.800.53.R5-APIGWSSLEnabled S/X/DeploymentStage.prod/Resource': 'client certificates are for HTTP back ends, and expire',
  },
});

describeInjected<apigateway.RestApiProps>({
  name: 'apigateway.RestApi',
  hardening: restApiHardening,
  make: (scope, id, props) => withMethod(new apigateway.RestApi(scope, id, props)),
  defaults: { [API]: { requestValidator: restApiDefaults.requestValidator }, [METHOD]: { authorization: restApiDefaults.authorization }, [STAGE]: stageDefaults() },
  explicit: { props: { deployOptions: { tracingEnabled: false } }, rule: 'ApiGateway.Tracing' },
});

function stageDefaults(): Partial<typeof restApiDefaults> {
  const { authorization, disableExecuteApiEndpoint, requestValidator, securityPolicy, ...ofStage } = restApiDefaults;
  return ofStage;
}

const stackOf = (fill: (stack: Stack) => void): Template => {
  const stack = new Stack(appWith(), 'S');
  fill(stack);
  return Template.fromStack(stack);
};

describe('SecureRestApi', () => {
  test.each<[string, apigateway.MethodOptions | undefined, object]>([
    ['nothing is said', undefined, { AuthorizationType: 'AWS_IAM' }],
    ['it is to answer everyone', { authorizationType: AuthorizationType.NONE }, { AuthorizationType: 'NONE', AuthorizerId: Match.absent() }],
    ['it names a key', { apiKeyRequired: true }, { AuthorizationType: 'AWS_IAM', ApiKeyRequired: true }],
  ])('a method has the right authorization when %s', (_, options, wanted) => {
    stackOf((stack) => new SecureRestApi(stack, 'X').root.addResource('orders').addMethod('POST', new apigateway.MockIntegration(), options)).hasResourceProperties(METHOD, wanted);
  });

  test('a method may name its own authorizer: beside IAM as a mere type CDK would call it a mismatch', () => {
    const template = stackOf((stack) => {
      const users = new SecureUserPool(stack, 'Pool');
      const authorizer = (id: string): apigateway.IAuthorizer => new apigateway.CognitoUserPoolsAuthorizer(stack, id, { cognitoUserPools: [users] });
      new SecureRestApi(stack, 'X').root.addMethod('GET', new apigateway.MockIntegration(), { authorizer: authorizer('Own') });
      make(stack, 'Y', { defaultMethodOptions: { authorizer: authorizer('Default') } });
    });
    expect(Object.values(template.findResources(METHOD)).map(({ Properties }) => Properties.AuthorizationType)).toEqual(['COGNITO_USER_POOLS', 'COGNITO_USER_POOLS']);
  });

  test('lets browsers ask OPTIONS without credentials, and needs no validator for that', () => {
    const template = stackOf((stack) => withMethod(new SecureRestApi(stack, 'X', { defaultCorsPreflightOptions: { allowOrigins: ['https://example.org'] } })));
    template.hasResourceProperties(METHOD, { HttpMethod: 'OPTIONS', AuthorizationType: 'NONE', RequestValidatorId: Match.absent() });
    template.hasResourceProperties(METHOD, { HttpMethod: 'GET', AuthorizationType: 'AWS_IAM', RequestValidatorId: Match.anyValue() });
  });

  test('has every method validate, unless it names a validator of its own', () => {
    const stack = new Stack(appWith(), 'S');
    const api = new SecureRestApi(stack, 'X');
    const model = api.addModel('Order', { schema: { type: apigateway.JsonSchemaType.OBJECT } });
    api.root.addMethod('POST', new apigateway.MockIntegration(), { requestModels: { 'application/json': model } });
    const own = api.addRequestValidator('Own', { validateRequestParameters: true });
    api.root.addMethod('GET', new apigateway.MockIntegration(), { requestValidator: own });
    const methods = Object.values(Template.fromStack(stack).findResources(METHOD)).map(({ Properties }) => [Properties.HttpMethod, Properties.RequestValidatorId]);
    const shared = api.node.findChild('DefaultRequestValidator') as apigateway.RequestValidator;
    expect(Object.fromEntries(methods)).toEqual({ POST: stack.resolve(shared.requestValidatorId), GET: stack.resolve(own.requestValidatorId) });
  });

  test('is deployed anew when it gets the validator, as a deployment is a copy', () => {
    const deployment = (template: Template): string => Object.keys(template.findResources('AWS::ApiGateway::Deployment'))[0];
    const plain = stackOf((stack) => withMethod(new apigateway.RestApi(stack, 'X', { defaultMethodOptions: { authorizationType: AuthorizationType.IAM } })));
    const secure = stackOf((stack) => withMethod(new SecureRestApi(stack, 'X', { defaultMethodOptions: { authorizationType: AuthorizationType.IAM } })));
    expect(deployment(secure)).not.toBe(deployment(plain));
  });

  test('shares the setting by which API Gateway may log, which is there before the stages and after them', () => {
    const template = stackOf((stack) => ['X', 'Y'].forEach((id) => make(stack, id)));
    const [[account, { Properties, DeletionPolicy, DependsOn }]] = Object.entries(template.findResources('AWS::ApiGateway::Account'));
    template.resourceCountIs('AWS::ApiGateway::Account', 1);
    const role = Properties.CloudWatchRoleArn['Fn::GetAtt'][0];
    expect([DeletionPolicy, template.toJSON().Resources[role].DeletionPolicy]).toEqual(['Retain', 'Retain']);
    expect(DependsOn).toEqual(Object.keys(template.findResources(API)));
    for (const one of Object.values(template.findResources(STAGE))) expect(one.DependsOn).toContain(account);
  });

  test.each<[string, SecureRestApiProps, number, string | undefined]>([
    ['none where the account has one', { cloudWatchRole: false }, 0, undefined],
    ['that of CDK when asked to', { cloudWatchRole: true }, 1, 'Retain'],
    ['that of CDK, removed with the stack', { cloudWatchRoleRemovalPolicy: RemovalPolicy.DESTROY }, 1, 'Delete'],
    ['none for an API without a stage', { deploy: false }, 0, undefined],
  ])('makes of the setting %s', (_, props, count, policy) => {
    const accounts = Object.values(stackOf((stack) => make(stack, 'X', props)).findResources('AWS::ApiGateway::Account'));
    expect(accounts.map(({ DeletionPolicy }) => DeletionPolicy)).toEqual(Array(count).fill(policy));
  });

  test('keeps execution logs encrypted and for a year: API Gateway would make the group itself, without either', () => {
    const template = stackOf((stack) => make(stack, 'X', { deployOptions: { stageName: 'live' } }));
    const groups = template.findResources('AWS::Logs::LogGroup', { Properties: { LogGroupName: { 'Fn::Join': ['', ['API-Gateway-Execution-Logs_', { Ref: 'X4AF5585A' }, '/live']] } } });
    const [[id, { Properties }]] = Object.entries(groups);
    expect(Properties).toMatchObject({ KmsKeyId: expect.anything(), RetentionInDays: 365 });
    template.hasResource(STAGE, { DependsOn: Match.arrayWith([id]) });
  });

  test('makes no group where no execution is logged', () => {
    const optOuts = [OptOut.of('ApiGateway.ExecutionLogs', { reason: 'a test' })];
    const template = (props: apigateway.StageOptions): Template => stackOf((stack) => make(stack, 'X', { deployOptions: { loggingLevel: MethodLoggingLevel.OFF, ...props }, optOuts, webFirewallEnabled: undefined }));
    const count = (of: Template): number => Object.values(of.findResources('AWS::Logs::LogGroup')).filter(({ Properties }) => JSON.stringify(Properties.LogGroupName ?? '').includes('Execution')).length;
    expect(count(template({}))).toBe(0);
    expect(count(template({ methodOptions: { '/a/GET': { loggingLevel: MethodLoggingLevel.OFF } } }))).toBe(0);
    expect(count(template({ methodOptions: { '/a/GET': { loggingLevel: MethodLoggingLevel.ERROR } } }))).toBe(1);
  });

  test('with a custom domain is reached there only, by TLS 1.2', () => {
    const stack = new Stack(appWith(), 'S');
    make(stack, 'X', { domainName: domain(stack) });
    const template = Template.fromStack(stack);
    template.hasResourceProperties(API, { DisableExecuteApiEndpoint: true });
    template.hasResourceProperties('AWS::ApiGateway::DomainName', { SecurityPolicy: 'TLS_1_2', EndpointConfiguration: { Types: ['REGIONAL'] } });
    const claims = claimsIn(modelOf(stack.node.root as App), 'SecureRestApi');
    expect(claims.filter(({ rule }) => ['ApiGateway.DomainTls', 'ApiGateway.DefaultEndpointDisabled'].includes(rule)).map(({ verdict }) => verdict)).toEqual(['pass', 'pass']);
  });

  test('a domain that is added later has TLS 1.2, too', () => {
    stackOf((stack) => make(stack, 'X').addDomainName('Later', domain(stack))).hasResourceProperties('AWS::ApiGateway::DomainName', { SecurityPolicy: 'TLS_1_2' });
  });

  test('refuses weaker domains without a reason', () => {
    const stack = new Stack(appWith(), 'S');
    expect(() => make(stack, 'X', { domainName: domain(stack, { securityPolicy: apigateway.SecurityPolicy.TLS_1_0 }) }))
      .toThrow('SecureRestApi at S/X: domainName: { securityPolicy: TLS_1_0 } weakens ApiGateway.DomainTls');
    const other = new Stack(appWith(), 'S');
    expect(() => make(other, 'X', { domainName: domain(other), disableExecuteApiEndpoint: false }))
      .toThrow('SecureRestApi at S/X: disableExecuteApiEndpoint: false weakens ApiGateway.DefaultEndpointDisabled');
  });

  test.each<[string, SecureRestApiProps, unknown]>([
    ['regional', {}, { Types: ['REGIONAL'] }],
    ['of the types that are given', { endpointTypes: [EndpointType.EDGE] }, { Types: ['EDGE'] }],
    ['as configured', { endpointConfiguration: { types: [EndpointType.REGIONAL], ipAddressType: apigateway.IpAddressType.DUAL_STACK } }, { Types: ['REGIONAL'], IpAddressType: 'dualstack' }],
  ])('its endpoint is %s', (_, props, wanted) => {
    stackOf((stack) => make(stack, 'X', props)).hasResourceProperties(API, { EndpointConfiguration: wanted });
  });

  test.each<[string, SecureRestApiProps]>([
    ['by its types', { endpointTypes: [EndpointType.PRIVATE] }],
    ['by its configuration', { endpointConfiguration: { types: [EndpointType.PRIVATE] } }],
  ])('private %s, it needs no firewall and claims none', (_, props) => {
    const stack = new Stack(appWith(), 'S');
    make(stack, 'X', { ...props, policy: reachable() });
    Template.fromStack(stack).resourceCountIs('AWS::WAFv2::WebACLAssociation', 0);
    expect(claimsIn(modelOf(stack.node.root as App), 'SecureRestApi').map(({ rule }) => rule)).not.toContain('ApiGateway.WebAcl');
  });

  test('private, it fails without a policy: API Gateway does not deploy an API that nobody may reach', () => {
    const message = 'SecureRestApi at S/X: is private, and no policy says who may reach it, so that it cannot be deployed; give policy, or call grantInvokeFromVpcEndpointsOnly()';
    const synthesized = (fill: (stack: Stack) => void) => () => stackOf(fill);
    expect(synthesized((stack) => make(stack, 'X', { endpointTypes: [EndpointType.PRIVATE] }))).toThrow(message);
    expect(synthesized((stack) => make(stack, 'X', { endpointTypes: [EndpointType.PRIVATE], deploy: false }))).not.toThrow();
    expect(synthesized((stack) => make(stack, 'X', { endpointTypes: [EndpointType.PRIVATE] }).addToResourcePolicy(reachableBy()))).not.toThrow();
    expect(synthesized((stack) => {
      const endpoint = ec2.InterfaceVpcEndpoint.fromInterfaceVpcEndpointAttributes(stack, 'Endpoint', { vpcEndpointId: 'vpce-12345678', port: 443 });
      make(stack, 'X', { endpointConfiguration: { types: [EndpointType.PRIVATE], vpcEndpoints: [endpoint] } }).grantInvokeFromVpcEndpointsOnly([endpoint]);
    })).not.toThrow();
  });

  test('encrypts what it caches', () => {
    const stack = new Stack(appWith(), 'S');
    make(stack, 'X', { deployOptions: { methodOptions: { '/a/GET': { cachingEnabled: true } } } });
    const verdicts = claimsIn(modelOf(stack.node.root as App), 'SecureRestApi').filter(({ rule }) => rule === 'ApiGateway.CacheEncrypted').map(({ verdict }) => verdict);
    expect(verdicts).toEqual(['pass']);
    stackOf((scope) => make(scope, 'X', { deployOptions: { cacheClusterSize: '0.5' } })).hasResourceProperties(STAGE, { MethodSettings: [Match.objectLike({ CacheDataEncrypted: true })] });
    stackOf((scope) => make(scope, 'X')).hasResourceProperties(STAGE, { MethodSettings: [Match.objectLike({ CacheDataEncrypted: Match.absent() })] });
  });

  test('without a stage claims what the API itself shows', () => {
    const stack = new Stack(appWith(), 'S');
    make(stack, 'X', { deploy: false });
    expect(claimsIn(modelOf(stack.node.root as App), 'SecureRestApi').map(({ rule }) => rule)).toEqual(['ApiGateway.RequestValidation']);
  });

  test('in a nested stack shares a firewall with those outside, and its setting with none: it would wait for itself', () => {
    const app = appWith();
    const stack = new Stack(app, 'S', CONCRETE);
    make(stack, 'X');
    make(new NestedStack(stack, 'N'), 'Y');
    const model = modelOf(app);
    const count = (type: string): number => model.templates.flatMap((template) => [...template.resources.values()]).filter((resource) => resource.type === type).length;
    expect([count('AWS::WAFv2::WebACL'), count('AWS::ApiGateway::Account')]).toEqual([1, 2]);
  });
});

describe('apigateway.RestApi under its injector', () => {
  const injected = (fill: (stack: Stack) => void): Template => {
    const app = appWith();
    PropertyInjectors.of(app).add(new HardeningInjector(restApiHardening));
    const stack = new Stack(app, 'S');
    fill(stack);
    return Template.fromStack(stack);
  };

  test('gets no second firewall: API Gateway takes one only', () => {
    const template = injected((stack) => {
      const firewall = new WebFirewall(stack, 'Mine');
      firewall.protect(stack, withMethod(new apigateway.RestApi(stack, 'X')).deploymentStage.stageArn);
      withMethod(new apigateway.RestApi(stack, 'Y'));
    });
    const names = Object.values(template.findResources('AWS::WAFv2::WebACLAssociation')).map(({ Properties }) => Properties.WebACLArn['Fn::GetAtt'][0]);
    expect(names).toHaveLength(2);
    expect(new Set(names).size).toBe(2);
  });

  test('needs none where it is private or has no stage', () => {
    injected((stack) => {
      withMethod(new apigateway.RestApi(stack, 'X', { endpointTypes: [EndpointType.PRIVATE] }));
      withMethod(new apigateway.RestApi(stack, 'Y', { deploy: false }));
    }).resourceCountIs('AWS::WAFv2::WebACLAssociation', 0);
  });

  test('keeps a log group that is given', () => {
    const template = injected((stack) => withMethod(new apigateway.RestApi(stack, 'X', {
      deployOptions: { accessLogDestination: new apigateway.LogGroupLogDestination(new logs.LogGroup(stack, 'Mine')), accessLogFormat: apigateway.AccessLogFormat.clf() },
    })));
    template.hasResourceProperties(STAGE, { AccessLogSetting: { DestinationArn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^Mine'), 'Arn'] }, Format: Match.stringLikeRegexp('^\\$context') } });
  });
});
