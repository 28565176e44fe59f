import { all, any, Evaluation, not, Property, ResourceReader, rule, Truth } from './kernel';
import { jsonAt } from './shared/json-text';
import { namedConfiguration } from './shared/named-configuration';
import { somePublic } from './shared/public-subnets';

const CLUSTER = ['AWS::EMR::Cluster'];
const CONFIGURATION = 'AWS::EMR::SecurityConfiguration';

/** The settings of a security configuration, which are an object or its JSON text. */
const settingsOf = (configuration: ResourceReader): Property => jsonAt(configuration.get('SecurityConfiguration'), configuration);

/**
 * What a check says of a security configuration. A cluster that names one of the templates is not judged for it again; one that names none
 * has all its settings off.
 */
function configured(resource: ResourceReader, model: Evaluation, check: (encryption: Property) => Truth): Truth {
  if (resource.type === CONFIGURATION) return check(settingsOf(resource).get('EncryptionConfiguration'));
  return namedConfiguration(resource.get('SecurityConfiguration'), CONFIGURATION, model, () => Truth.skip('its security configuration is judged by itself'))
    .because('the cluster has no security configuration, so this is off');
}

export const kerberos = rule({
  id: 'EMR.Kerberos',
  resourceTypes: CLUSTER,
  title: 'Users of the cluster are authenticated',
  severity: 'low',
  criteria: { direct: ['CC6.1'], supporting: ['CC6.3'] },
  rationale: 'Hadoop believes the name that a user gives unless Kerberos proves it, or work runs in roles of IAM. Clusters that run one job for one role do without.',
  remediation: { cfn: 'KerberosAttributes, or a SecurityConfiguration whose AuthorizationConfiguration.IAMConfiguration has EnableApplicationScopedIAMRole: true' },
  configRule: 'EMR_KERBEROS_ENABLED',
  nagRules: ['EMRKerberosEnabled'],
  sources: ['Amazon EMR management guide, "Use Kerberos for authentication with Amazon EMR" and "Runtime roles for Amazon EMR steps"'],
  onByDefault: false,
  check: (cluster, model) => any([
    cluster.get('KerberosAttributes').isPresent(),
    namedConfiguration(cluster.get('SecurityConfiguration'), CONFIGURATION, model,
      (configuration) => settingsOf(configuration).get('AuthorizationConfiguration.IAMConfiguration.EnableApplicationScopedIAMRole').isTrue()),
  ]).because('neither Kerberos nor runtime roles are set up'),
});

export const encryptedInTransit = rule({
  id: 'EMR.EncryptedInTransit',
  resourceTypes: [CONFIGURATION, ...CLUSTER],
  title: 'Nodes encrypt what they exchange',
  severity: 'medium',
  criteria: { direct: ['CC6.7'] },
  rationale: 'Nodes exchange the data that is worked on; without this setting it travels in the clear.',
  remediation: { cfn: 'a SecurityConfiguration whose EncryptionConfiguration has EnableInTransitEncryption: true and InTransitEncryptionConfiguration' },
  configRule: 'EMR_SECURITY_CONFIGURATION_ENCRYPTION_TRANSIT',
  nagRules: ['EMREncryptionInTransit'],
  sources: ['Amazon EMR management guide, "Create a security configuration"', 'AWS Security Hub EMR.4'],
  check: (resource, model) => configured(resource, model, (encryption) => encryption.get('EnableInTransitEncryption').isTrue()),
});

export const encryptedAtRest = rule({
  id: 'EMR.EncryptedAtRest',
  resourceTypes: [CONFIGURATION, ...CLUSTER],
  title: 'Data of the cluster is encrypted at rest',
  severity: 'medium',
  criteria: { direct: ['CC6.1'], supporting: ['C1.1'] },
  rationale: 'Local disks of the nodes hold copies of the data that is worked on.',
  remediation: { cfn: 'a SecurityConfiguration whose EncryptionConfiguration has EnableAtRestEncryption: true and AtRestEncryptionConfiguration' },
  configRule: 'EMR_SECURITY_CONFIGURATION_ENCRYPTION_REST',
  nagRules: ['EMRLocalDiskEncryption'],
  sources: ['Amazon EMR management guide, "Create a security configuration"', 'AWS Security Hub EMR.3'],
  check: (resource, model) => configured(resource, model, (encryption) => all(
    encryption.get('EnableAtRestEncryption').isTrue(),
    ...['S3EncryptionConfiguration', 'LocalDiskEncryptionConfiguration'].map((name) => encryption.get(`AtRestEncryptionConfiguration.${name}`).isPresent()),
  )),
});

export const notInPublicSubnet = rule({
  id: 'EMR.NotInPublicSubnet',
  resourceTypes: CLUSTER,
  title: 'Cluster lies in private subnets',
  severity: 'high',
  criteria: { direct: ['CC6.6'], supporting: ['CC6.1'] },
  rationale: 'The primary node serves web pages and job interfaces that ask for no password; a subnet without a way in from the internet keeps them apart.',
  remediation: { cfn: 'Instances.Ec2SubnetId or Ec2SubnetIds of subnets without a route to an internet gateway' },
  configRule: 'EMR_MASTER_NO_PUBLIC_IP',
  sources: [
    'Amazon EMR management guide, "Configure networking in a VPC for Amazon EMR"',
    'Amazon VPC user guide, "Default VPCs": their subnets are public',
    'AWS Security Hub EMR.1',
  ],
  check: (cluster, model) => {
    const subnets = ['Ec2SubnetId', 'Ec2SubnetIds'].map((name) => cluster.get(`Instances.${name}`));
    return all(
      any(subnets.map((place) => place.isPresent())).because('no subnet is named: EMR takes one of the default VPC, and those are public'),
      // Of several EMR takes the one that suits best.
      not(any(subnets.map((place) => somePublic(place, model))), 'a subnet that the cluster may be launched in is public'),
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
