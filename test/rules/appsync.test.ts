import { ifProd, P, setting, subject } from './cases';
import { fail, pass, verdicts } from './verdicts';
import * as rules from '../../src/rules/appsync';

const api = subject('AWS::AppSync::GraphQLApi', { Name: 'orders' });
const sam = subject('AWS::Serverless::GraphQLApi');
const events = (publish: unknown, connect: unknown = 'AWS_IAM') => subject('AWS::AppSync::Api')({
  EventConfig: { ConnectionAuthModes: [{ AuthType: connect }], DefaultPublishAuthModes: [{ AuthType: publish }], DefaultSubscribeAuthModes: [{ AuthType: 'AWS_IAM' }] },
});
const namespace = subject('AWS::AppSync::ChannelNamespace');

verdicts(rules.appSyncAuthorization, {
  pass: {
    'IAM': api({ AuthenticationType: 'AWS_IAM' }),
    'SAM': sam({ Auth: { Type: 'AMAZON_COGNITO_USER_POOLS' } }),
    'an event API': events('AWS_IAM'),
    'a namespace': namespace({ PublishAuthModes: [{ AuthType: 'AWS_LAMBDA' }] }),
  },
  fail: {
    'a key': api({ AuthenticationType: 'API_KEY' }),
    'a key, SAM': sam({ Auth: { Type: 'API_KEY' } }),
    'a key to publish': events('API_KEY'),
    'a key to connect': events('AWS_IAM', 'API_KEY'),
    'a key of a namespace': namespace({ SubscribeAuthModes: [{ AuthType: 'API_KEY' }] }),
  },
  unknown: { 'a parameter': api({ AuthenticationType: P }), 'a parameter of an event API': events(P) },
  trap: {
    'a key for fields that say so': pass(api({ AuthenticationType: 'AWS_IAM', AdditionalAuthenticationProviders: [{ AuthenticationType: 'API_KEY' }] })),
    'a key outside of production': fail(api({ AuthenticationType: ifProd('AWS_IAM', 'API_KEY') }), { message: /IsProd is false/ }),
    'a key among other modes': fail(namespace({ PublishAuthModes: [{ AuthType: 'AWS_IAM' }, { AuthType: 'API_KEY' }] })),
    'a namespace that keeps the modes of its API': pass(namespace()),
  },
});

const ROLE = { CloudWatchLogsRoleArn: P };
const logs = (FieldLogLevel: unknown, more: object = ROLE) => api({ LogConfig: { FieldLogLevel, ...more } });
verdicts(rules.appSyncLogging, {
  pass: { 'errors': logs('ERROR'), 'all': logs('ALL'), 'debugging': logs('DEBUG'), 'an event API': subject('AWS::AppSync::Api')({ EventConfig: { LogConfig: { LogLevel: 'INFO', ...ROLE } } }) },
  fail: { 'absent': api(), 'none': logs('NONE'), 'an event API': subject('AWS::AppSync::Api')({ EventConfig: {} }), 'an event API, none': subject('AWS::AppSync::Api')({ EventConfig: { LogConfig: { LogLevel: 'NONE', ...ROLE } } }) },
  unknown: { 'a parameter': logs(P) },
  trap: { 'no role to write with': fail(logs('ERROR', {})), 'none outside of production': fail(logs(ifProd('ALL', 'NONE')), { message: /IsProd is false/ }) },
});

verdicts(rules.appSyncNoVerboseContent, {
  pass: { 'left out': logs('ALL', { ExcludeVerboseContent: true }) },
  fail: { 'not said': logs('ALL'), 'kept': logs('ERROR', { ExcludeVerboseContent: false }) },
  unknown: { 'a parameter': logs('ALL', { ExcludeVerboseContent: P }) },
  notApplicable: { 'no log': api() },
  trap: { 'as text': pass(logs('ALL', { ExcludeVerboseContent: 'true' })), 'at the wrong place': fail(api({ LogConfig: { FieldLogLevel: 'ALL' }, ExcludeVerboseContent: true })) },
});

const behind = (ResourceArn: unknown, properties: object = {}) => api(properties, {
  Waf: { Type: 'AWS::WAFv2::WebACLAssociation', Properties: { ResourceArn, WebACLArn: 'arn' } }, Other: { Type: 'AWS::AppSync::GraphQLApi', Properties: {} },
});
verdicts(rules.appSyncWebAcl, {
  pass: { 'by reference': behind({ 'Fn::GetAtt': ['Subject', 'Arn'] }) },
  fail: { 'none': api(), 'none, said to be public': api({ Visibility: 'GLOBAL' }) },
  unknown: { 'whether it is public is a parameter': api({ Visibility: P }), 'what is associated is a parameter': behind(P) },
  notApplicable: { 'private': api({ Visibility: 'PRIVATE' }) },
  trap: { 'of another API': fail(behind({ 'Fn::GetAtt': ['Other', 'Arn'] })), 'private in production only': fail(api({ Visibility: ifProd('PRIVATE', 'GLOBAL') }), { message: /IsProd is false/ }) },
});

verdicts(rules.appSyncTracing, setting(api, 'XrayEnabled', { good: true, bad: false, pass: { SAM: sam({ XrayEnabled: true }) } }));

verdicts(rules.appSyncQueryLimits, {
  pass: { 'both': api({ QueryDepthLimit: 10, ResolverCountLimit: '100' }), 'SAM': sam({ QueryDepthLimit: 5, ResolverCountLimit: 5 }) },
  fail: { 'none': api(), 'depth alone': api({ QueryDepthLimit: 10 }), 'resolvers alone': api({ ResolverCountLimit: 10 }) },
  unknown: { 'a parameter': api({ QueryDepthLimit: P, ResolverCountLimit: 10 }) },
  trap: { '0 is no limit': fail(api({ QueryDepthLimit: 0, ResolverCountLimit: 10 })) },
});

verdicts(rules.appSyncIntrospection, setting(api, 'IntrospectionConfig', {
  good: 'DISABLED', bad: 'ENABLED', notApplicable: { 'private': api({ Visibility: 'PRIVATE' }) }, trap: { 'SAM': pass(sam({ IntrospectionConfig: 'DISABLED' })), 'SAM, not said': fail(sam()) },
}));
