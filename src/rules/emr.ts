import { all, any, rule } from './kernel';
import { jsonAt } from './shared/json-text';

const CLUSTER = ['AWS::EMR::Cluster'];
const SECURITY = ['AWS::EMR::SecurityConfiguration'];

export const kerberos = rule({
  id: 'EMR.Kerberos',
  resourceTypes: CLUSTER,
  title: 'Users of the cluster are authenticated with Kerberos',
  severity: 'low',
  criteria: { direct: ['CC6.1'], supporting: ['CC6.3'] },
  rationale: 'Hadoop believes the name that a user gives unless Kerberos proves it. Clusters that run one job for one role, or use runtime roles, do without.',
  remediation: { cfn: 'KerberosAttributes, with a SecurityConfiguration' },
  configRule: 'EMR_KERBEROS_ENABLED',
  nagRules: ['EMRKerberosEnabled'],
  sources: ['Amazon EMR management guide, "Use Kerberos for authentication with Amazon EMR"'],
  onByDefault: false,
  check: (cluster) => cluster.get('KerberosAttributes').isPresent(),
});

export const encryptedInTransit = rule({
  id: 'EMR.EncryptedInTransit',
  resourceTypes: SECURITY,
  title: 'Security configuration encrypts data in transit',
  severity: 'low',
  criteria: { direct: ['CC6.7'] },
  rationale: 'Nodes exchange the data that is worked on; without this setting it travels in the clear.',
  remediation: { cfn: 'SecurityConfiguration.EncryptionConfiguration: { EnableInTransitEncryption: true }' },
  configRule: 'EMR_SECURITY_CONFIGURATION_ENCRYPTION_TRANSIT',
  nagRules: ['EMREncryptionInTransit'],
  sources: ['Amazon EMR management guide, "Create a security configuration"'],
  onByDefault: false,
  check: (security, model) => jsonAt(security.get('SecurityConfiguration'), security, model).get('EncryptionConfiguration.EnableInTransitEncryption').isTrue(),
});

export const encryptedAtRest = rule({
  id: 'EMR.EncryptedAtRest',
  resourceTypes: SECURITY,
  title: 'Security configuration encrypts data at rest',
  severity: 'low',
  criteria: { direct: ['CC6.1'], supporting: ['C1.1'] },
  rationale: 'Local disks of the nodes hold copies of the data that is worked on.',
  remediation: { cfn: 'SecurityConfiguration.EncryptionConfiguration: { EnableAtRestEncryption: true, AtRestEncryptionConfiguration }' },
  configRule: 'EMR_SECURITY_CONFIGURATION_ENCRYPTION_REST',
  nagRules: ['EMRLocalDiskEncryption'],
  sources: ['Amazon EMR management guide, "Create a security configuration"'],
  onByDefault: false,
  check: (security, model) => {
    const encryption = jsonAt(security.get('SecurityConfiguration'), security, model).get('EncryptionConfiguration');
    return all(
      encryption.get('EnableAtRestEncryption').isTrue(),
      ...['S3EncryptionConfiguration', 'LocalDiskEncryptionConfiguration'].map((name) => encryption.get(`AtRestEncryptionConfiguration.${name}`).isPresent()),
    );
  },
});

export const logging = rule({
  id: 'EMR.Logging',
  resourceTypes: CLUSTER,
  title: 'Cluster logs are kept in S3',
  severity: 'low',
  criteria: { direct: ['CC7.2'] },
  rationale: 'Logs of a cluster are gone with its nodes unless they are copied to S3.',
  remediation: { cfn: 'LogUri' },
  nagRules: ['EMRS3AccessLogging'],
  sources: ['AWS::EMR::Cluster, LogUri'],
  onByDefault: false,
  check: (cluster) => cluster.get('LogUri').isPresent(),
});

export const securityConfiguration = rule({
  id: 'EMR.SecurityConfiguration',
  resourceTypes: CLUSTER,
  title: 'Cluster has a security configuration',
  severity: 'low',
  criteria: { direct: ['CC6.1'], supporting: ['CC6.7'] },
  rationale: 'Encryption and authentication of a cluster are settings of its security configuration; without one all are off.',
  remediation: { cfn: 'SecurityConfiguration of an AWS::EMR::SecurityConfiguration' },
  sources: ['AWS::EMR::Cluster, SecurityConfiguration'],
  onByDefault: false,
  check: (cluster) => cluster.get('SecurityConfiguration').isPresent(),
});

export const authenticatedAccess = rule({
  id: 'EMR.KeyPairOrKerberos',
  resourceTypes: CLUSTER,
  title: 'People reach nodes with a key pair or Kerberos',
  severity: 'low',
  criteria: { direct: [], supporting: ['CC6.1'] },
  rationale: 'Says how people sign in to nodes. Clusters that nobody signs in to need neither, which is the better state.',
  remediation: { cfn: 'Instances.Ec2KeyName, or KerberosAttributes' },
  nagRules: ['EMRAuthEC2KeyPairOrKerberos'],
  sources: ['Amazon EMR management guide, "Use an EC2 key pair for SSH credentials"'],
  onByDefault: false,
  check: (cluster) => any([cluster.get('Instances.Ec2KeyName').isPresent(), cluster.get('KerberosAttributes').isPresent()])
    .because('neither a key pair nor Kerberos is set'),
});
