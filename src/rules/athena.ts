import { any, Property, rule, Truth } from './kernel';

const WORKGROUP = ['AWS::Athena::WorkGroup'];

/** AWS does not say what CloudFormation gets when a switch is left out, and the console and the API are said to differ. */
const switchedOn = (place: Property): Truth =>
  (place.seen().missing ? Truth.unknown('it is not set, and AWS does not document its default') : place.isTrue());

export const resultEncryption = rule({
  id: 'Athena.ResultEncryption',
  resourceTypes: WORKGROUP,
  title: 'Workgroup says how query results are encrypted',
  severity: 'low',
  criteria: { direct: ['CC6.1'], supporting: ['C1.1'] },
  rationale: 'Results are copies of what was queried. S3 encrypts every new object by default, so this states the decision, and the key, rather than adding encryption.',
  remediation: { cfn: 'WorkGroupConfiguration.ResultConfiguration.EncryptionConfiguration: { EncryptionOption: SSE_KMS, KmsKey }' },
  configRule: 'ATHENA_WORKGROUP_ENCRYPTED_AT_REST',
  sources: [
    'AWS::Athena::WorkGroup EncryptionConfiguration',
    'Amazon Athena user guide, "Managed query results": always encrypted',
    'AWS Security Hub, retired control Athena.1: S3 encrypts new objects by default',
  ],
  onByDefault: false,
  check: (group) => any([
    group.get('WorkGroupConfiguration.ResultConfiguration.EncryptionConfiguration.EncryptionOption').oneOf(['SSE_S3', 'SSE_KMS', 'CSE_KMS']),
    group.get('WorkGroupConfiguration.ManagedQueryResultsConfiguration.Enabled').isTrue(),
  ]).because('no EncryptionOption is set for query results'),
});

export const enforcedConfiguration = rule({
  id: 'Athena.EnforcedConfiguration',
  resourceTypes: WORKGROUP,
  title: 'Clients cannot override the settings of the workgroup',
  severity: 'medium',
  criteria: { direct: [], supporting: ['CC6.1', 'C1.1'] },
  rationale: 'Unless the workgroup insists, each client chooses the bucket that results are written to and whether they are encrypted.',
  remediation: { cfn: 'WorkGroupConfiguration: { EnforceWorkGroupConfiguration: true }' },
  configRule: 'ATHENA_WORKGROUP_ENFORCE_WORKGROUP_CONFIGURATION',
  sources: ['Amazon Athena user guide, "Override client-side settings"', 'AWS::Athena::WorkGroup WorkGroupConfiguration: no default is given'],
  check: (group) => switchedOn(group.get('WorkGroupConfiguration.EnforceWorkGroupConfiguration')),
});

export const metrics = rule({
  id: 'Athena.Metrics',
  resourceTypes: WORKGROUP,
  title: 'Workgroup publishes query metrics',
  severity: 'low',
  criteria: { direct: [], supporting: ['CC7.2'] },
  rationale: 'Metrics show how much is scanned and how often queries fail. Who asked what is told by CloudTrail, with or without them.',
  remediation: { cfn: 'WorkGroupConfiguration: { PublishCloudWatchMetricsEnabled: true }' },
  configRule: 'ATHENA_WORKGROUP_LOGGING_ENABLED',
  sources: ['Amazon Athena user guide, "Monitor Athena query metrics with CloudWatch"', 'AWS Security Hub Athena.4'],
  onByDefault: false,
  check: (group) => switchedOn(group.get('WorkGroupConfiguration.PublishCloudWatchMetricsEnabled')),
});
