import { any, not, rule } from './kernel';

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
  check: (policy) => policy.get('PolicyDocument').policy().none('Allow', (statement) => any([
    statement.hasAction((action) => any([action.is('*'), action.is('iot:*')])), statement.anyResource(), statement.usesNot('NotAction'),
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
  check: (authorizer) => not(authorizer.get('SigningDisabled').awsDefault(false, 'AWS::IoT::Authorizer').isTrue(), 'the signature of tokens is not checked'),
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
