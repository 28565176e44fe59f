import { awsDefaults } from './aws-defaults';
import { all, any, applies, not, ResourceReader, rule, Truth, when } from './kernel';

const CATALOG = ['AWS::Glue::DataCatalogEncryptionSettings'];
const SETTINGS = 'DataCatalogEncryptionSettings';

export const catalogEncrypted = rule({
  id: 'Glue.CatalogEncrypted',
  resourceTypes: CATALOG,
  title: 'Data Catalog encrypts its metadata',
  severity: 'medium',
  criteria: { direct: ['CC6.1'], supporting: ['C1.1'] },
  rationale: 'Names of tables and columns, locations and statistics tell what data there is and where to find it.',
  remediation: { cfn: 'DataCatalogEncryptionSettings.EncryptionAtRest: { CatalogEncryptionMode: SSE-KMS, SseAwsKmsKeyId }' },
  sources: ['AWS Glue API reference, EncryptionAtRest', 'AWS Glue developer guide, "Encrypting your Data Catalog"'],
  check: (catalog) => catalog.get(`${SETTINGS}.EncryptionAtRest.CatalogEncryptionMode`).oneOf(['SSE-KMS', 'SSE-KMS-WITH-SERVICE-ROLE']),
});

export const connectionPasswordEncrypted = rule({
  id: 'Glue.ConnectionPasswordEncrypted',
  resourceTypes: CATALOG,
  title: 'Data Catalog encrypts passwords of connections',
  severity: 'medium',
  criteria: { direct: ['CC6.1'], supporting: ['CC6.3'] },
  rationale: 'Otherwise whoever may read a connection is given the password of the database with it.',
  remediation: { cfn: 'DataCatalogEncryptionSettings.ConnectionPasswordEncryption: { ReturnConnectionPasswordEncrypted: true, KmsKeyId }' },
  sources: ['AWS Glue API reference, ConnectionPasswordEncryption', 'AWS Glue developer guide, "Encrypting connection passwords"'],
  check: (catalog) => catalog.get(`${SETTINGS}.ConnectionPasswordEncryption.ReturnConnectionPasswordEncrypted`).isTrue(),
});

/** What a job is told with, by default or in a way that whoever starts it cannot change. */
const argument = (job: ResourceReader, name: string): Truth =>
  any(['DefaultArguments', 'NonOverridableArguments'].map((place) => job.get(`${place}.${name}`).isTrue()));

/** Spark jobs before Glue 5.0 send logs to CloudWatch while they run only when they are told to. All others always do. */
function needsContinuousLogging(job: ResourceReader): Truth {
  const version = job.get('GlueVersion');
  return all(
    job.get('Command.Name').oneOf(['glueetl', 'gluestreaming']),
    // It was 0.9 for years and is the latest now: which it is depends on when the job was made.
    version.seen().missing ? Truth.unknown('GlueVersion is absent, and its default has changed') : version.matches(/^[0-4](\.|$)/, 'a version before 5.0'),
  );
}

export const jobLogging = rule({
  id: 'Glue.JobLogging',
  resourceTypes: ['AWS::Glue::Job'],
  title: 'Job sends its logs while it runs',
  severity: 'low',
  criteria: { direct: ['CC7.2'], supporting: ['PI1.3'] },
  rationale: 'The logs show what a job read, wrote and stumbled over; a job that hangs or is killed may leave none unless it sends them as it goes.',
  remediation: { cfn: 'DefaultArguments: { "--enable-continuous-cloudwatch-log": "true" }, or GlueVersion: "5.0"' },
  configRule: 'GLUE_JOB_LOGGING_ENABLED',
  sources: [
    'AWS Glue developer guide, "Enabling continuous logging for AWS Glue 4.0 and earlier jobs": all jobs of 5.0 log in real time',
    'AWS::Glue::Job, GlueVersion: the latest version by default, 0.9 in earlier editions',
    'AWS Security Hub Glue.2',
  ],
  check: (job) => applies(needsContinuousLogging(job), 'jobs of its kind and version always log in real time',
    () => argument(job, '--enable-continuous-cloudwatch-log').because('--enable-continuous-cloudwatch-log is not "true"')),
});

const JDBC_DEFAULT = awsDefaults['AWS::Glue::Connection.ConnectionInput.ConnectionProperties.JDBC_ENFORCE_SSL'];
const KAFKA_DEFAULT = awsDefaults['AWS::Glue::Connection.ConnectionInput.ConnectionProperties.KAFKA_SSL_ENABLED'];

export const connectionTls = rule({
  id: 'Glue.ConnectionTls',
  resourceTypes: ['AWS::Glue::Connection'],
  title: 'Connection insists on TLS',
  severity: 'medium',
  criteria: { direct: ['CC6.7'] },
  rationale: 'Credentials and rows travel between the job and the database. A JDBC connection that does not insist may fall back to plain text.',
  remediation: { cfn: 'ConnectionInput.ConnectionProperties: { JDBC_ENFORCE_SSL: "true" }; for Kafka no KAFKA_SSL_ENABLED: "false"' },
  sources: ['AWS Glue API reference, Connection: JDBC_ENFORCE_SSL is false by default, KAFKA_SSL_ENABLED true'],
  check: (connection) => {
    const type = connection.get('ConnectionInput.ConnectionType');
    const properties = connection.get('ConnectionInput.ConnectionProperties');
    return applies(type.oneOf(['JDBC', 'KAFKA']), 'only JDBC and Kafka connections have the setting', () => all(
      when(type.is('JDBC'), () => properties.get('JDBC_ENFORCE_SSL').awsDefault(JDBC_DEFAULT).isTrue()),
      when(type.is('KAFKA'), () => properties.get('KAFKA_SSL_ENABLED').awsDefault(KAFKA_DEFAULT).isTrue()),
    ));
  },
});

export const mlTransformEncrypted = rule({
  id: 'Glue.MlTransformEncrypted',
  resourceTypes: ['AWS::Glue::MLTransform'],
  title: 'Machine learning transform encrypts user data',
  severity: 'low',
  criteria: { direct: ['CC6.1'], supporting: ['C1.1'] },
  rationale: 'Labels and samples that train a transform are records of real people and orders.',
  remediation: { cfn: 'TransformEncryption.MLUserDataEncryption: { MLUserDataEncryptionMode: SSE-KMS, KmsKeyId }' },
  configRule: 'GLUE_ML_TRANSFORM_ENCRYPTED_AT_REST',
  sources: ['AWS::Glue::MLTransform MLUserDataEncryption', 'AWS Security Hub Glue.3'],
  check: (transform) => {
    const mode = transform.get('TransformEncryption.MLUserDataEncryption.MLUserDataEncryptionMode');
    return all(mode.isPresent(), not(mode.is('DISABLED'), 'encryption of user data is disabled'));
  },
});
