import { awsDefaults } from './aws-defaults';
import { all, any, applies, not, Property, ResourceReader, rule, Truth } from './kernel';

/** CDK's own cluster construct makes a custom resource, which takes the API's spelling. */
const CUSTOM = 'Custom::AWSCDK-EKS-Cluster';
const CLUSTER = ['AWS::EKS::Cluster', CUSTOM];
const NODES = ['AWS::EKS::Nodegroup'];

/** A setting of the cluster by its CloudFormation path, in either spelling. */
function setting(cluster: ResourceReader, path: string): Property {
  if (cluster.type !== CUSTOM) return cluster.get(path);
  return cluster.get(`Config.${path.split('.').map((key) => key[0].toLowerCase() + key.slice(1)).join('.')}`);
}

const key = (cluster: ResourceReader, name: string): string => (cluster.type === CUSTOM ? name[0].toLowerCase() + name.slice(1) : name);

export const endpointNotPublic = rule({
  id: 'EKS.EndpointNotPublic',
  resourceTypes: CLUSTER,
  title: 'Kubernetes API answers inside the VPC only',
  severity: 'high',
  criteria: { direct: ['CC6.6'], supporting: ['CC6.1'] },
  rationale: 'The API server controls everything in the cluster; a public endpoint lets the internet try credentials and holes against it.',
  remediation: { construct: 'SecureEksCluster', l2: 'endpointAccess: EndpointAccess.PRIVATE', cfn: 'ResourcesVpcConfig: { EndpointPublicAccess: false, EndpointPrivateAccess: true }' },
  configRule: 'EKS_ENDPOINT_NO_PUBLIC_ACCESS',
  nagRules: ['EKSClusterNoEndpointPublicAccess'],
  sources: ['Amazon EKS user guide, "Cluster API server endpoint": public by default', 'AWS Security Hub EKS.1'],
  check: (cluster) => setting(cluster, 'ResourcesVpcConfig.EndpointPublicAccess')
    .awsDefault(awsDefaults['AWS::EKS::Cluster.ResourcesVpcConfig.EndpointPublicAccess']).isFalse(),
});

export const publicAccessCidrs = rule({
  id: 'EKS.PublicAccessCidrs',
  resourceTypes: CLUSTER,
  title: 'A public Kubernetes API answers named addresses only',
  severity: 'high',
  criteria: { direct: ['CC6.6'] },
  rationale: 'Where the API has to be public, a list of addresses keeps the rest of the internet from reaching it.',
  remediation: { construct: 'SecureEksCluster', l2: 'endpointAccess: EndpointAccess.PUBLIC_AND_PRIVATE.onlyFrom(…)', cfn: 'ResourcesVpcConfig: { PublicAccessCidrs }' },
  sources: ['AWS::EKS::Cluster ResourcesVpcConfig, PublicAccessCidrs: 0.0.0.0/0 by default'],
  check: (cluster) => applies(
    not(setting(cluster, 'ResourcesVpcConfig.EndpointPublicAccess').isFalse(), 'private'), 'the endpoint is private',
    () => {
      const cidrs = setting(cluster, 'ResourcesVpcConfig.PublicAccessCidrs').awsDefault(awsDefaults['AWS::EKS::Cluster.ResourcesVpcConfig.PublicAccessCidrs']);
      return all(cidrs.count(1), not(cidrs.some((cidr) => any([cidr.is('0.0.0.0/0'), cidr.is('::/0')])), 'every address may reach the endpoint'));
    },
  ),
});

const LOG_TYPES = ['api', 'audit', 'authenticator'];

export const controlPlaneLogging = rule({
  id: 'EKS.ControlPlaneLogging',
  resourceTypes: CLUSTER,
  title: 'Control plane logs are on',
  severity: 'medium',
  criteria: { direct: ['CC7.2'], supporting: ['CC7.3'] },
  rationale: 'The audit and authenticator logs are the record of who did what in the cluster; they are off until asked for.',
  remediation: {
    construct: 'SecureEksCluster',
    l2: 'clusterLogging: [ClusterLoggingTypes.API, ClusterLoggingTypes.AUDIT, ClusterLoggingTypes.AUTHENTICATOR]',
    cfn: 'Logging.ClusterLogging.EnabledTypes with api, audit, authenticator',
  },
  configRule: 'EKS_CLUSTER_LOGGING_ENABLED',
  nagRules: ['EKSClusterControlPlaneLogs'],
  sources: ['Amazon EKS user guide, "Send control plane logs to CloudWatch Logs"', 'AWS Security Hub EKS.8'],
  check: (cluster) => all(...LOG_TYPES.map((type) => logs(cluster, type).because(`the ${type} log is off`))),
});

function logs(cluster: ResourceReader, type: string): Truth {
  if (cluster.type !== CUSTOM) return cluster.get('Logging.ClusterLogging.EnabledTypes').some((enabled) => enabled.get('Type').is(type));
  return cluster.get('Config.logging.clusterLogging').some((setup) => all(setup.get('enabled').isTrue(), setup.get('types').some((item) => item.is(type))));
}

export const secretsEncrypted = rule({
  id: 'EKS.SecretsEncrypted',
  resourceTypes: CLUSTER,
  title: 'Kubernetes secrets are encrypted with a named KMS key',
  severity: 'low',
  criteria: { direct: ['CC6.1'], supporting: ['C1.1'] },
  rationale: 'Secrets of workloads lie in the control plane\'s database. From Kubernetes 1.28 on, EKS encrypts it with a key of AWS; one\'s own can be withdrawn, and its use is recorded.',
  remediation: { construct: 'SecureEksCluster', l2: 'secretsEncryptionKey', cfn: 'EncryptionConfig: [{ Resources: [secrets], Provider: { KeyArn } }]' },
  configRule: 'EKS_SECRETS_ENCRYPTED',
  sources: ['Amazon EKS user guide, "Default envelope encryption for all Kubernetes API Data"', 'AWS Security Hub EKS.3'],
  check: (cluster) => {
    const config = setting(cluster, 'EncryptionConfig');
    return all(config.count(1).because('secrets are not encrypted with a named key'),
      config.every((one) => all(
        one.get(`${key(cluster, 'Provider')}.${key(cluster, 'KeyArn')}`).isPresent().because('an encryption config names no key'),
        holdsSomething(one.get(key(cluster, 'Resources'))),
      )));
  },
});

/** EKS takes no other value than `secrets`, so what the list says decides nothing, unless it is empty. */
function holdsSomething(resources: Property): Truth {
  return resources.missing ? Truth.YES : resources.isPresent().because('an encryption config encrypts nothing');
}

export const accessEntries = rule({
  id: 'EKS.AccessEntries',
  resourceTypes: CLUSTER,
  title: 'Access to the cluster is granted by access entries',
  severity: 'low',
  criteria: { direct: ['CC6.3'], supporting: ['CC6.1'] },
  rationale: 'Access entries are seen and recorded by AWS; the aws-auth map lies inside the cluster, and whoever made the cluster is its hidden administrator.',
  remediation: {
    construct: 'SecureEksCluster',
    l2: 'authenticationMode: AuthenticationMode.API',
    cfn: 'AccessConfig: { AuthenticationMode: API, BootstrapClusterCreatorAdminPermissions: false }',
  },
  sources: ['Amazon EKS user guide, "Grant IAM users access to Kubernetes with EKS access entries"'],
  onByDefault: false,
  check: (cluster) => all(
    setting(cluster, 'AccessConfig.AuthenticationMode').is('API'),
    setting(cluster, 'AccessConfig.BootstrapClusterCreatorAdminPermissions')
      .awsDefault(awsDefaults['AWS::EKS::Cluster.AccessConfig.BootstrapClusterCreatorAdminPermissions']).isFalse(),
  ),
});

export const deletionProtection = rule({
  id: 'EKS.DeletionProtection',
  resourceTypes: CLUSTER,
  title: 'Cluster cannot be deleted by a slip',
  severity: 'low',
  criteria: { direct: [], supporting: ['A1.2', 'CC8.1'] },
  rationale: 'Deletion protection makes removing a cluster a step of its own. Clusters that are replaced often do without.',
  remediation: { construct: 'SecureEksCluster', cfn: 'DeletionProtection: true' },
  sources: ['AWS::EKS::Cluster, DeletionProtection'],
  onByDefault: false,
  check: (cluster) => setting(cluster, 'DeletionProtection').isTrue(),
});

export const zonalShift = rule({
  id: 'EKS.ZonalShift',
  resourceTypes: CLUSTER,
  title: 'Cluster can move its traffic out of a failing zone',
  severity: 'low',
  criteria: { direct: [], supporting: ['A1.2'] },
  rationale: 'With zonal shift one step takes a zone out of service for the whole cluster. It is of use only where workloads run in several zones.',
  remediation: { construct: 'SecureEksCluster', cfn: 'ZonalShiftConfig: { Enabled: true }' },
  sources: ['Amazon EKS user guide, "Learn about Amazon Application Recovery Controller (ARC) zonal shift in Amazon EKS"'],
  onByDefault: false,
  check: (cluster) => setting(cluster, 'ZonalShiftConfig.Enabled').isTrue(),
});

/** Versions whose extended support has ended. As a number in YAML, 1.30 is 1.3, which is as old. */
const UNSUPPORTED = /^1\.([0-9]|[12][0-9]|30)$/;

export const supportedVersion = rule({
  id: 'EKS.SupportedVersion',
  resourceTypes: [...CLUSTER, ...NODES],
  title: 'Kubernetes version still gets security patches',
  severity: 'high',
  criteria: { direct: ['CC7.1'], supporting: ['CC6.8'] },
  rationale: 'After the end of extended support nobody patches a version, and EKS upgrades the cluster at a time of its own choosing.',
  remediation: { l2: 'version', cfn: 'Version that Amazon EKS supports' },
  configRule: 'EKS_CLUSTER_SUPPORTED_VERSION',
  sources: [
    'Amazon EKS user guide, "Understand the Kubernetes version lifecycle on EKS": extended support of 1.30 ended in July 2026',
    'AWS::EKS::Cluster, Version: a supported one by default', 'AWS Security Hub EKS.2',
  ],
  check: (resource) => not(setting(resource, 'Version').matches(UNSUPPORTED, 'an old version'), 'the version is no longer supported'),
});

export const accessEntryNotAdmin = rule({
  id: 'EKS.AccessEntryNotAdmin',
  resourceTypes: ['AWS::EKS::AccessEntry'],
  title: 'Access entry does not make an administrator of the cluster',
  severity: 'low',
  criteria: { direct: ['CC6.3'], supporting: ['CC6.1'] },
  rationale: 'A cluster administrator may do everything in every namespace. Some have to; the fewer they are, the sooner one of them is noticed.',
  remediation: { l2: 'AccessPolicy.fromAccessPolicyName(\'AmazonEKSEditPolicy\', …)', cfn: 'AccessPolicies without AmazonEKSClusterAdminPolicy for the whole cluster' },
  sources: ['Amazon EKS user guide, "Review access policy permissions"'],
  onByDefault: false,
  check: (entry) => not(entry.get('AccessPolicies').some((policy) => all(
    policy.get('PolicyArn').endsWith('/AmazonEKSClusterAdminPolicy'), policy.get('AccessScope.Type').is('cluster'),
  )), 'the entry makes its principal an administrator of the whole cluster'),
});

export const nodegroupNoRemoteAccess = rule({
  id: 'EKS.NodegroupRemoteAccess',
  resourceTypes: NODES,
  title: 'SSH to nodes is off, or for named security groups',
  severity: 'high',
  criteria: { direct: ['CC6.6'], supporting: ['CC6.1'] },
  rationale: 'With an SSH key and no security group named, EKS opens port 22 of the nodes to every address.',
  remediation: { l2: 'remoteAccess: { sshKeyName, sourceSecurityGroups }', cfn: 'no RemoteAccess, or RemoteAccess with SourceSecurityGroups' },
  sources: ['AWS::EKS::Nodegroup RemoteAccess, SourceSecurityGroups: port 22 is opened to 0.0.0.0/0 without them'],
  check: (nodes) => any([nodes.get('RemoteAccess.Ec2SshKey').isAbsent(), nodes.get('RemoteAccess.SourceSecurityGroups').isPresent()])
    .because('port 22 of the nodes is open to every address'),
});

export const nodegroupMultiAz = rule({
  id: 'EKS.NodegroupMultiAZ',
  resourceTypes: NODES,
  title: 'Nodes are spread over two subnets or more',
  severity: 'medium',
  criteria: { direct: ['A1.2'] },
  rationale: 'With all nodes in one subnet the workloads are down with that subnet\'s zone.',
  remediation: { l2: 'subnets', cfn: 'Subnets in two or more zones' },
  sources: ['Amazon EKS best practices guide, "Reliability: data plane"'],
  check: (nodes) => nodes.get('Subnets').count(2),
});
