import { awsDefaults } from './aws-defaults';
import { any, not, Property, rule, Truth } from './kernel';
import { jsonAt } from './shared/json-text';

/** An ARN that names nothing but the account: `arn:aws:iot:eu-west-1:111111111111:*`. */
const WHOLE_ACCOUNT = /^arn:[^:]*:iot:[^:]*:[^:]*:\*+$/i;

/** What is known at deployment only is one piece of the ARN, whatever it turns out to be. */
const isWholeAccount = (resource: Property): Truth => Truth.of(
  WHOLE_ACCOUNT.test(resource.seen().parts.map((part) => (typeof part === 'string' ? part : 'piece')).join('')), 'the resource is named',
);

export const policyNoWildcard = rule({
  id: 'IoT.PolicyNoWildcard',
  resourceTypes: ['AWS::IoT::Policy'],
  title: 'Device policy names actions and resources',
  severity: 'high',
  criteria: { direct: ['CC6.3'], supporting: ['CC6.1'] },
  rationale: 'With a wildcard one stolen device certificate speaks for, and listens to, the whole fleet.',
  remediation: {
    l2: 'policyDocument with named actions and client ids',
    cfn: 'Action such as iot:Connect, Resource such as …:client/${iot:Connection.Thing.ThingName}',
  },
  sources: ['AWS IoT Core developer guide, "Security best practices in AWS IoT Core"', 'AWS IoT Device Defender, "IoT policies overly permissive"'],
  check: (policy) => jsonAt(policy.get('PolicyDocument'), policy).policy().none('Allow', (statement) => any([
    statement.hasAction((action) => any([action.is('*'), action.matches(/^iot:\*+$/i, 'iot:*')])),
    statement.anyResource(),
    statement.property.get('Resource').some(isWholeAccount),
    statement.usesNot('NotAction'),
  ]), 'a statement allows every action or every resource'),
});

export const authorizerSigning = rule({
  id: 'IoT.AuthorizerSigning',
  resourceTypes: ['AWS::IoT::Authorizer'],
  title: 'Custom authorizer checks the signature of tokens',
  severity: 'medium',
  criteria: { direct: ['CC6.1'] },
  rationale: 'The signature keeps strangers from calling the authorizer\'s function with made-up tokens.',
  remediation: { cfn: 'SigningDisabled: false, with TokenSigningPublicKeys' },
  configRule: 'IOT_AUTHORIZER_TOKEN_SIGNING_ENABLED',
  sources: ['AWS::IoT::Authorizer, SigningDisabled: false by default'],
  check: (authorizer) => not(
    authorizer.get('SigningDisabled').awsDefault(awsDefaults['AWS::IoT::Authorizer.SigningDisabled']).isTrue(), 'the signature of tokens is not checked',
  ),
});

export const logging = rule({
  id: 'IoT.Logging',
  resourceTypes: ['AWS::IoT::Logging'],
  title: 'IoT keeps logs of warnings and errors',
  severity: 'low',
  criteria: { direct: ['CC7.2'] },
  rationale: 'Refused connections of devices are seen in these logs only.',
  remediation: { cfn: 'DefaultLogLevel: WARN, INFO or DEBUG' },
  sources: ['AWS::IoT::Logging, DefaultLogLevel'],
  check: (logs) => logs.get('DefaultLogLevel').oneOf(['WARN', 'INFO', 'DEBUG']),
});
