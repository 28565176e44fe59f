import { defaults } from './default';

const EKS = 'Amazon EKS user guide';

/** Secure defaults of an EKS cluster. */
export const eksClusterDefaults = defaults({
  endpointAccess: {
    value: 'PRIVATE',
    provenBy: ['EKS.EndpointNotPublic'],
    criteria: ['CC6.6', 'CC6.1'],
    source: `${EKS}, "Cluster API server endpoint": public by default`,
    reason: 'The internet cannot try credentials and holes against the API server, which controls everything in the cluster.',
    cfn: { 'ResourcesVpcConfig.EndpointPublicAccess': false, 'ResourcesVpcConfig.EndpointPrivateAccess': true },
  },
  publicAccessCidrs: {
    value: 'named, where the endpoint is public',
    provenBy: ['EKS.PublicAccessCidrs'],
    criteria: ['CC6.6'],
    source: 'AWS::EKS::Cluster ResourcesVpcConfig, PublicAccessCidrs: 0.0.0.0/0 by default',
    reason: 'An endpoint that has to be public answers named addresses only.',
  },
  vpcSubnets: {
    value: 'private',
    provenBy: [],
    criteria: [],
    source: `${EKS}, "View Amazon EKS networking requirements for VPC and subnets"`,
    reason: 'The interfaces of the control plane are as far from the internet as the nodes.',
  },
  secretsEncryptionKey: {
    value: 'customer managed',
    provenBy: ['EKS.SecretsEncrypted'],
    criteria: ['CC6.1', 'C1.1'],
    source: `${EKS}, "Encrypt Kubernetes secrets with KMS on existing clusters"`,
    reason: 'A key of one\'s own can be withdrawn, and each use of it is recorded.',
  },
  clusterLogging: {
    value: ['api', 'audit', 'authenticator', 'controllerManager', 'scheduler'],
    provenBy: ['EKS.ControlPlaneLogging'],
    criteria: ['CC7.2', 'CC7.3'],
    source: `${EKS}, "Send control plane logs to CloudWatch Logs": none by default`,
    reason: 'Who did what in the cluster can be told afterwards.',
    cfn: { 'Logging.ClusterLogging.EnabledTypes': ['api', 'audit', 'authenticator', 'controllerManager', 'scheduler'].map((Type) => ({ Type })) },
  },
  logGroup: {
    value: 'its own',
    provenBy: [],
    criteria: [],
    source: `${EKS}, "Send control plane logs to CloudWatch Logs": to the group /aws/eks/<cluster>/cluster, which EKS makes if it is not there`,
    reason: 'The logs are under a key and kept for a year; in the group that EKS makes they are neither.',
  },
  bootstrapClusterCreatorAdminPermissions: {
    value: false,
    provenBy: ['EKS.AccessEntries'],
    criteria: ['CC6.3', 'CC6.1'],
    source: `${EKS}, "Grant IAM users access to Kubernetes with EKS access entries": the creator is an administrator by default`,
    reason: 'The role that deploys is no hidden administrator: who may do what is said by access entries.',
  },
  deletionProtection: {
    value: true,
    provenBy: ['EKS.DeletionProtection'],
    criteria: ['A1.2', 'CC8.1'],
    source: `${EKS}, "Protect EKS clusters from accidental deletion"`,
    reason: 'Removing a cluster is a step of its own.',
    cfn: { DeletionProtection: true },
  },
  zonalShift: {
    value: true,
    provenBy: ['EKS.ZonalShift'],
    criteria: ['A1.2'],
    source: `${EKS}, "Learn about Amazon Application Recovery Controller (ARC) zonal shift in Amazon EKS"`,
    reason: 'One step takes a failing zone out of service for the whole cluster.',
    cfn: { 'ZonalShiftConfig.Enabled': true },
  },
  supportType: {
    value: 'STANDARD',
    provenBy: [],
    criteria: [],
    source: 'AWS::EKS::Cluster UpgradePolicy: EXTENDED by default, at six times the price of the control plane',
    reason: 'A version is upgraded when its support ends, instead of growing old at a higher price.',
  },
});
