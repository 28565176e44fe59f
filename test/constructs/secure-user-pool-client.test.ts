import { Duration, Lazy, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';
import { appWith, describeConstruct, optionalOf } from './harness';
import { OptOut } from '../../src';
import { SecureUserPool, SecureUserPoolClient, SecureUserPoolClientProps } from '../../src/constructs';
import { userPoolClientHardening } from '../../src/constructs/identity/user-pool-client-hardening';
import { userPoolClientDefaults } from '../../src/defaults';
import { describeInjected } from '../blueprint/injected';

const TYPE = 'AWS::Cognito::UserPoolClient';
const set = (path: string, value: unknown) => (client: SecureUserPoolClient) => (client.node.defaultChild as cognito.CfnUserPoolClient).addPropertyOverride(path, value);
const poolIn = (scope: Construct): cognito.UserPool => Stack.of(scope).node.tryFindChild('Pool') as cognito.UserPool | undefined ?? new SecureUserPool(Stack.of(scope), 'Pool');
const callbackUrls = ['https://example.org/signed-in'];

describeConstruct<SecureUserPoolClientProps>({
  name: 'SecureUserPoolClient',
  make: (scope, id, props) => new SecureUserPoolClient(scope, id, { ...props, userPool: props?.userPool ?? poolIn(scope) }),
  optional: optionalOf<SecureUserPoolClientProps>()([
    'userPoolClientName', 'generateSecret', 'authFlows', 'disableOAuth', 'oAuth', 'authSessionValidity', 'preventUserExistenceErrors', 'supportedIdentityProviders', 'idTokenValidity',
    'refreshTokenValidity', 'accessTokenValidity', 'refreshTokenRotationGracePeriod', 'readAttributes', 'writeAttributes', 'enableTokenRevocation',
    'enablePropagateAdditionalUserContextData', 'analytics', 'optOuts',
  ]),
  breaks: {
    'Cognito.NoImplicitFlow': set('AllowedOAuthFlows', ['implicit']),
    'Cognito.HidesUserExistence': set('PreventUserExistenceErrors', 'LEGACY'),
    'Cognito.TokenRevocation': set('EnableTokenRevocation', false),
  },
  weakenings: [
    { props: { oAuth: { callbackUrls, flows: { implicitCodeGrant: true } } }, says: 'oAuth: { flows: { implicitCodeGrant: true } }', rules: ['Cognito.NoImplicitFlow'] },
    { props: { oAuth: { callbackUrls: ['http://example.org'] } }, says: 'oAuth with http://example.org', rules: ['Cognito.CallbacksEncrypted'] },
    { props: { oAuth: { callbackUrls, logoutUrls: ['http://example.org/out'] } }, says: 'oAuth with http://example.org/out', rules: ['Cognito.CallbacksEncrypted'] },
    { props: { preventUserExistenceErrors: false }, says: 'preventUserExistenceErrors: false', rules: ['Cognito.HidesUserExistence'] },
    { props: { enableTokenRevocation: false }, says: 'enableTokenRevocation: false', rules: ['Cognito.TokenRevocation'] },
  ],
  uses: (client: SecureUserPoolClient, consumer) => new ssm.StringParameter(consumer, 'Id', { stringValue: client.userPoolClientId }),
  given: (elsewhere) => ({ userPool: new SecureUserPool(elsewhere, 'Pool') }),
  besides: /^S\/Pool/,
});

describeInjected<cognito.UserPoolClientProps>({
  name: 'cognito.UserPoolClient',
  hardening: userPoolClientHardening,
  make: (scope, id, props) => new cognito.UserPoolClient(scope, id, { ...props, userPool: poolIn(scope) }),
  defaults: { [TYPE]: userPoolClientDefaults },
  explicit: { props: { enableTokenRevocation: false }, rule: 'Cognito.TokenRevocation' },
});

describe('SecureUserPoolClient', () => {
  const template = (props: Partial<SecureUserPoolClientProps>): Template => {
    const stack = new Stack(appWith(), 'S');
    new SecureUserPoolClient(stack, 'X', { userPool: poolIn(stack), ...props });
    return Template.fromStack(stack);
  };

  test('takes part in no OAuth flow unless told: CDK would send codes and tokens to example.com', () => {
    template({}).hasResourceProperties(TYPE, { AllowedOAuthFlowsUserPoolClient: false, AllowedOAuthFlows: Match.absent(), CallbackURLs: Match.absent() });
    expect(JSON.stringify(template({}))).not.toContain('example.com');
  });

  test('by default hands out codes over HTTPS, for tokens that cannot change the account', () => {
    template({ oAuth: { callbackUrls } }).hasResourceProperties(TYPE, {
      AllowedOAuthFlows: ['code'],
      AllowedOAuthFlowsUserPoolClient: true,
      AllowedOAuthScopes: ['openid', 'email', 'profile'],
      CallbackURLs: callbackUrls,
      ExplicitAuthFlows: ['ALLOW_USER_SRP_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
    });
  });

  test('claims that callbacks are encrypted where there are some', () => {
    const rules = (props: Partial<SecureUserPoolClientProps>): string[] => {
      const stack = new Stack(appWith(), 'S');
      const client = new SecureUserPoolClient(stack, 'X', { userPool: poolIn(stack), ...props });
      return (client.node.defaultChild as cognito.CfnUserPoolClient).getMetadata('cdk-soc2').claims.map(({ rule }: { rule: string }) => rule);
    };
    expect(rules({ oAuth: { callbackUrls: [...callbackUrls, 'http://localhost:3000/', 'myapp://signed-in'] } })).toContain('Cognito.CallbacksEncrypted');
    expect(rules({ oAuth: { callbackUrls: [Lazy.string({ produce: () => 'https://example.org' })] } })).toContain('Cognito.CallbacksEncrypted');
    expect(rules({})).not.toContain('Cognito.CallbacksEncrypted');
  });

  test.each<[string, cognito.OAuthSettings]>([
    ['the code grant', {}],
    ['the code grant said', { flows: { authorizationCodeGrant: true } }],
    ['the implicit grant', { flows: { implicitCodeGrant: true } }],
  ])('refuses %s without addresses to return to', (_, oAuth) => {
    expect(() => template({ oAuth })).toThrow('SecureUserPoolClient at S/X: oAuth has no callbackUrls, so that CDK would have codes sent to https://example.com; give callbackUrls');
  });

  test('needs no address for applications that act for themselves, and adds no scopes of users', () => {
    const stack = new Stack(appWith(), 'S');
    const pool = poolIn(stack);
    const read = new cognito.ResourceServerScope({ scopeName: 'read', scopeDescription: 'read' });
    const server = pool.addResourceServer('Orders', { identifier: 'orders', scopes: [read] });
    new SecureUserPoolClient(stack, 'X', {
      userPool: pool, generateSecret: true, oAuth: { flows: { clientCredentials: true }, scopes: [cognito.OAuthScope.resourceServer(server, read)] },
    });
    Template.fromStack(stack).hasResourceProperties(TYPE, { AllowedOAuthFlows: ['client_credentials'], AllowedOAuthScopes: Match.anyValue(), CallbackURLs: Match.absent() });
    const scopes = userPoolClientHardening.harden(stack, 'Y', { userPool: pool, oAuth: { flows: { clientCredentials: true } } }).oAuth?.scopes;
    expect(scopes).toBeUndefined();
  });

  test.each<[string, Partial<SecureUserPoolClientProps>, string]>([
    ['a secret', { oAuth: { flows: { clientCredentials: true }, scopes: [cognito.OAuthScope.custom('orders/read')] } }, 'clientCredentials needs a secret to identify itself with; give generateSecret: true'],
    ['scopes', { generateSecret: true, oAuth: { flows: { clientCredentials: true } } }, 'clientCredentials takes scopes of a resource server only, and oAuth has none; give scopes: [OAuthScope.resourceServer(…)]'],
  ])('refuses an application that acts for itself without %s, as Cognito does', (_, props, says) => {
    expect(() => template(props)).toThrow(`SecureUserPoolClient at S/X: ${says}`);
  });

  test('keeps tokens short, in units that say so', () => {
    template({}).hasResourceProperties(TYPE, {
      AccessTokenValidity: 15, IdTokenValidity: 15, RefreshTokenValidity: 1440, TokenValidityUnits: { AccessToken: 'minutes', IdToken: 'minutes', RefreshToken: 'minutes' },
    });
    template({ refreshTokenValidity: Duration.hours(1) }).hasResourceProperties(TYPE, { AccessTokenValidity: 15, RefreshTokenValidity: 60 });
    template({ accessTokenValidity: Duration.days(1) }).hasResourceProperties(TYPE, { AccessTokenValidity: 1440, RefreshTokenValidity: 1440 });
  });

  test('weakened on purpose, says why', () => {
    const optOuts = [OptOut.of('Cognito.HidesUserExistence', { reason: 'the application asks for the email address first' })];
    template({ preventUserExistenceErrors: false, optOuts }).hasResourceProperties(TYPE, { PreventUserExistenceErrors: 'LEGACY' });
  });
});
