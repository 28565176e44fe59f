import { all, not, rule, Truth } from './kernel';
import { ownKey } from './shared/own-key';

const CANARY = ['AWS::Synthetics::Canary'];

export const recurring = rule({
  id: 'Synthetics.Recurring',
  resourceTypes: CANARY,
  title: 'Canary runs again and again',
  severity: 'low',
  onByDefault: false,
  criteria: { direct: [], supporting: ['A1.1', 'CC7.2'] },
  rationale: 'A canary that runs once tells nothing of the time after. Some are made to run once, by a pipeline say.',
  remediation: { construct: 'SecureCanary', l2: 'schedule: Schedule.rate(Duration.minutes(5))', cfn: 'Schedule: { Expression } other than rate(0 minute), and no DurationInSeconds' },
  sources: ['AWS::Synthetics::Canary Schedule: rate(0 minute) runs it once; DurationInSeconds 0, the default, goes on until it is stopped'],
  check: (canary) => {
    const expression = canary.get('Schedule.Expression');
    const ends = canary.get('Schedule.DurationInSeconds');
    return all(
      expression.isPresent(), not(expression.matches(/^\s*rate\(\s*0\s/, 'once'), 'the canary runs once'),
      ends.missing ? Truth.YES : ends.is(0).because('the canary stops by itself'),
    );
  },
});

export const artifactKey = rule({
  id: 'Synthetics.CustomerKey',
  resourceTypes: CANARY,
  title: 'Artifacts of the canary are encrypted with a key of the organization',
  severity: 'low',
  onByDefault: false,
  criteria: { direct: [], supporting: ['CC6.1', 'C1.1'] },
  rationale: 'Artifacts, screenshots included, are encrypted with a key of AWS when nothing is said; a key of one\'s own says who may read them.',
  remediation: { construct: 'SecureCanary', l2: 'artifactS3EncryptionMode: ArtifactsEncryptionMode.KMS, artifactS3KmsKey', cfn: 'ArtifactConfig: { S3Encryption: { EncryptionMode: SSE_KMS, KmsKeyArn } }' },
  sources: ['AWS::Synthetics::Canary S3Encryption: an AWS managed key by default'],
  check: (canary) => all(
    canary.get('ArtifactConfig.S3Encryption.EncryptionMode').matches(/^SSE[-_]KMS$/, 'SSE_KMS'),
    ownKey(canary.get('ArtifactConfig.S3Encryption.KmsKeyArn'), 's3'),
  ),
});
