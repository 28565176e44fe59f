import { rule } from './kernel';
import { withDefault } from './shared/own-default';
import { ownKey } from './shared/own-key';
import { secretsKept } from './shared/plaintext-secret';

const INFLUX = ['AWS::Timestream::InfluxDBInstance', 'AWS::Timestream::InfluxDBCluster'];

export const customerKey = rule({
  id: 'Timestream.CustomerKey',
  resourceTypes: ['AWS::Timestream::Database'],
  title: 'Timestream database is encrypted with a KMS key of the organization',
  severity: 'low',
  criteria: { direct: ['CC6.1'], supporting: ['C1.1'] },
  rationale: 'A key of one\'s own has a policy, rotation and an audit trail that the organization decides. Encryption as such is always on.',
  remediation: { cfn: 'KmsKeyId' },
  nagRules: ['TimestreamDatabaseCustomerManagedKey'],
  sources: ['Amazon Timestream developer guide, "Encryption at rest": the key aws/timestream unless another is named'],
  onByDefault: false,
  check: (database) => ownKey(database.get('KmsKeyId'), 'timestream'),
});

export const influxNotPublic = rule({
  id: 'Timestream.InfluxNotPublic',
  resourceTypes: INFLUX,
  title: 'InfluxDB database has no public address',
  severity: 'high',
  criteria: { direct: ['CC6.6'], supporting: ['CC6.1'] },
  rationale: 'A database with a public address is one security-group rule away from the whole internet, with a password or token as its only gate.',
  remediation: { cfn: 'PubliclyAccessible: false' },
  sources: ['AWS::Timestream::InfluxDBInstance and AWS::Timestream::InfluxDBCluster, PubliclyAccessible: false by default'],
  check: (database) => withDefault(database, 'PubliclyAccessible').isFalse().because('the database gets a public address'),
});

export const influxMultiAz = rule({
  id: 'Timestream.InfluxMultiAZ',
  resourceTypes: ['AWS::Timestream::InfluxDBInstance'],
  title: 'InfluxDB instance has a standby in another zone',
  severity: 'low',
  criteria: { direct: ['A1.2'], supporting: ['CC9.1'] },
  rationale: 'With one zone a failure of the zone, or a patch, takes the database down until somebody restores it.',
  remediation: { cfn: 'DeploymentType: WITH_MULTIAZ_STANDBY' },
  sources: ['Amazon Timestream for InfluxDB API reference, CreateDbInstance: deploymentType'],
  check: (instance) => instance.get('DeploymentType').is('WITH_MULTIAZ_STANDBY'),
});

export const noPlaintextSecret = rule({
  id: 'Timestream.NoPlaintextSecret',
  resourceTypes: INFLUX,
  title: 'Secrets are not written in the template',
  severity: 'high',
  criteria: { direct: ['CC6.1'], supporting: ['CC6.2', 'C1.1'] },
  rationale: 'A secret in a template, in the default of a parameter or in a parameter that is shown is known to everyone who reads the repository, the stack or a change set.',
  remediation: { cfn: 'Password: {{resolve:secretsmanager:…}}, or a NoEcho parameter without a default' },
  sources: [
    'AWS CloudFormation user guide, "Security best practices": do not embed credentials in templates',
    'AWS CloudFormation user guide, "Dynamic references"',
  ],
  check: (database) => secretsKept(database, ['Password']),
});
