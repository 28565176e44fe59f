import { all, Evaluation, ResourceReader, rule, Truth } from './kernel';
import { namedConfiguration } from './shared/named-configuration';

const CONFIGURATION = 'AWS::Glue::SecurityConfiguration';
const WORK = ['AWS::Glue::Job', 'AWS::Glue::Crawler', 'AWS::Glue::DevEndpoint'];
const GUIDE = 'AWS Glue developer guide, "Setting up encryption in AWS Glue"';

const objectsEncrypted = (configuration: ResourceReader): Truth => {
  const objects = configuration.get('EncryptionConfiguration.S3Encryptions');
  return all(objects.isPresent(), objects.every((one) => one.get('S3EncryptionMode').oneOf(['SSE-KMS', 'SSE-S3'])));
};
const logsEncrypted = (configuration: ResourceReader): Truth =>
  configuration.get('EncryptionConfiguration.CloudWatchEncryption.CloudWatchEncryptionMode').is('SSE-KMS');
const bookmarksEncrypted = (configuration: ResourceReader): Truth =>
  configuration.get('EncryptionConfiguration.JobBookmarksEncryption.JobBookmarksEncryptionMode').is('CSE-KMS');

const nameOf = (work: ResourceReader) => work.get(work.type === 'AWS::Glue::Crawler' ? 'CrawlerSecurityConfiguration' : 'SecurityConfiguration');

/** What a check says of the security configuration that a job, crawler or endpoint runs with. */
const runsWith = (work: ResourceReader, model: Evaluation, check: (configuration: ResourceReader) => Truth): Truth =>
  namedConfiguration(nameOf(work), CONFIGURATION, model, check);

export const securityConfigurationEncrypts = rule({
  id: 'Glue.SecurityConfigurationEncrypts',
  resourceTypes: [CONFIGURATION],
  title: 'Security configuration encrypts objects, logs and bookmarks',
  severity: 'low',
  criteria: { direct: ['CC6.1'], supporting: ['C1.1'] },
  rationale: 'The configuration is there to encrypt what jobs leave behind; a part that it leaves out, or disables, is easily taken for covered.',
  remediation: {
    l2: 's3Encryption, cloudWatchEncryption and jobBookmarksEncryption',
    cfn: 'EncryptionConfiguration with S3Encryptions (SSE-KMS), CloudWatchEncryption (SSE-KMS) and JobBookmarksEncryption (CSE-KMS)',
  },
  sources: [GUIDE, 'AWS Glue API reference, EncryptionConfiguration'],
  check: (configuration) => all(objectsEncrypted(configuration), logsEncrypted(configuration), bookmarksEncrypted(configuration)),
});

export const securityConfiguration = rule({
  id: 'Glue.SecurityConfiguration',
  resourceTypes: WORK,
  title: 'Work runs with a security configuration',
  severity: 'low',
  criteria: { direct: [], supporting: ['CC6.1', 'C1.1'] },
  rationale: 'It chooses the keys for what a job writes. Without it S3 and CloudWatch Logs encrypt with keys of AWS, so this is asked for.',
  remediation: { l2: 'securityConfiguration', cfn: 'SecurityConfiguration (of a crawler: CrawlerSecurityConfiguration)' },
  sources: [GUIDE],
  onByDefault: false,
  check: (work) => nameOf(work).isPresent(),
});

export const logsEncryptedWithKey = rule({
  id: 'Glue.LogsEncrypted',
  resourceTypes: WORK,
  title: 'Logs of the work are encrypted with a KMS key',
  severity: 'low',
  criteria: { direct: ['CC6.1'], supporting: ['C1.1'] },
  rationale: 'Logs of jobs quote the rows they stumble over. CloudWatch Logs always encrypts; a KMS key adds a policy of who may read.',
  remediation: { l2: 'securityConfiguration with cloudWatchEncryption', cfn: 'SecurityConfiguration whose CloudWatchEncryptionMode is SSE-KMS' },
  nagRules: ['GlueEncryptedCloudWatchLogs'],
  sources: [GUIDE],
  onByDefault: false,
  check: (work, model) => runsWith(work, model, logsEncrypted),
});

export const jobBookmarksEncrypted = rule({
  id: 'Glue.JobBookmarksEncrypted',
  resourceTypes: ['AWS::Glue::Job'],
  title: 'Bookmarks of the job are encrypted with a KMS key',
  severity: 'low',
  criteria: { direct: ['CC6.1'], supporting: ['C1.1'] },
  rationale: 'Bookmarks hold keys of the last rows that were read. A KMS key adds a policy of who may read them.',
  remediation: { l2: 'securityConfiguration with jobBookmarksEncryption', cfn: 'SecurityConfiguration whose JobBookmarksEncryptionMode is CSE-KMS' },
  nagRules: ['GlueJobBookmarkEncrypted'],
  sources: [GUIDE],
  onByDefault: false,
  check: (job, model) => runsWith(job, model, bookmarksEncrypted),
});
