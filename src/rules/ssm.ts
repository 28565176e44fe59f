import { all, any, applies, rule, Truth } from './kernel';
import { jsonAt } from './shared/json-text';
import { looksSecret } from './shared/secret-names';

/** A name that says what the value is, when the value itself cannot be seen. */
const SECRET = /(password|passwd|passphrase|secret|token|(api|private|secret|access)[-_]?key)$/i;

export const noPlaintextSecret = rule({
  id: 'SSM.NoPlaintextSecret',
  resourceTypes: ['AWS::SSM::Parameter'],
  title: 'No plain parameter holds a secret',
  severity: 'high',
  criteria: { direct: ['CC6.1'], supporting: ['C1.1'] },
  rationale: 'What CloudFormation makes is a plain parameter, as it cannot make a SecureString: whoever may read parameters reads the secret, and its history.',
  remediation: { l2: 'new Secret(…) in place of new StringParameter(…)', cfn: 'an AWS::SecretsManager::Secret in its place' },
  sources: [
    'AWS::SSM::Parameter, Type: SecureString is not supported', 'AWS Systems Manager user guide, "AWS Systems Manager Parameter Store": SecureString for sensitive data',
  ],
  check: (parameter) => {
    const name = parameter.get('Name').seen();
    const value = parameter.get('Value');
    if (value.isDynamicSecret()) return Truth.no('it copies a secret into a plain parameter');
    if (value.parameter?.noEcho) return Truth.no(`it writes parameter ${value.parameter.name}, which is NoEcho, into a plain parameter`);
    const text = String(name.scalar ?? parameter.logicalId);
    // A resource gives its name or its address, not a secret.
    if (value.scalar === undefined) return SECRET.test(text) && !value.target() ? Truth.unknown('its name says that it is a secret, and its value is known at deployment') : Truth.YES;
    return looksSecret(text, value).yes ? Truth.no('it holds what looks like a secret, in plain text') : Truth.YES;
  },
});

export const sessionLogging = rule({
  id: 'SSM.SessionLogging',
  resourceTypes: ['AWS::SSM::Document'],
  title: 'Shell sessions are written to a log',
  severity: 'low',
  criteria: { direct: ['CC7.2'], supporting: ['CC6.1', 'CC7.3'] },
  rationale: 'CloudTrail records that a session was opened on a host; what was typed in it stands in its own log only.',
  remediation: { l2: 'new CfnDocument(…, { documentType: \'Session\', content })', cfn: 'Content with inputs.cloudWatchLogGroupName or inputs.s3BucketName' },
  sources: ['AWS Systems Manager user guide, "Session document schema"', 'AWS Systems Manager user guide, "Logging session activity"'],
  check: (document) => {
    const content = jsonAt(document.get('Content'), document);
    return applies(
      all(document.get('DocumentType').is('Session'), content.get('sessionType').is('Standard_Stream')),
      'it holds no preferences of shell sessions',
      () => any(['inputs.cloudWatchLogGroupName', 'inputs.s3BucketName'].map((place) => content.get(place).isPresent())).because('sessions are logged nowhere'),
    );
  },
});
