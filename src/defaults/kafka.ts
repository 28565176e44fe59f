import { defaults, SharedKey } from './default';

const MSK = 'Amazon MSK developer guide';

/** Secure defaults of an MSK cluster. */
export const kafkaDefaults = defaults({
  encryptionKey: {
    value: 'customer managed',
    provenBy: ['MSK.CustomerKey'],
    criteria: ['CC6.1', 'C1.1'],
    source: `${MSK}, "Amazon MSK encryption": the key aws/kafka by default`,
    reason: 'A key of one\'s own has a policy, rotation and an audit trail.',
    cfn: { 'EncryptionInfo.EncryptionAtRest.DataVolumeKMSKeyId': new SharedKey('data') },
  },
  clientBroker: {
    value: 'TLS',
    provenBy: ['MSK.EncryptedInTransit'],
    criteria: ['CC6.7'],
    source: 'AWS::MSK::Cluster EncryptionInTransit, ClientBroker',
    reason: 'Brokers take no connection in the clear.',
    cfn: { 'EncryptionInfo.EncryptionInTransit.ClientBroker': 'TLS' },
  },
  inCluster: {
    value: true,
    provenBy: ['MSK.EncryptedInCluster'],
    criteria: ['CC6.7'],
    source: 'AWS::MSK::Cluster EncryptionInTransit, InCluster: cannot be changed later',
    reason: 'Brokers replicate all messages among one another.',
    cfn: { 'EncryptionInfo.EncryptionInTransit.InCluster': true },
  },
  authentication: {
    value: 'IAM',
    provenBy: ['MSK.Authentication'],
    criteria: ['CC6.1'],
    source: `${MSK}, "IAM access control"`,
    reason: 'Who may read and write which topic is said in policies, and there is no password to keep or rotate.',
    cfn: { 'ClientAuthentication.Sasl.Iam.Enabled': true, 'ClientAuthentication.Unauthenticated.Enabled': false },
  },
  publicAccess: {
    value: 'DISABLED',
    provenBy: ['MSK.NotPublic', 'Network.DataStoreNotReachable'],
    criteria: ['CC6.6'],
    source: `${MSK}, "Turn on public access to an MSK Provisioned cluster": off by default`,
    reason: 'Brokers have no address that the internet can reach.',
    cfn: { 'BrokerNodeGroupInfo.ConnectivityInfo.PublicAccess.Type': 'DISABLED' },
  },
  vpcSubnets: {
    value: 'isolated, else private, one in each of up to three zones',
    provenBy: ['Network.DataStorePrivateSubnet'],
    criteria: ['CC6.1', 'CC6.6'],
    source: 'AWS::MSK::Cluster BrokerNodeGroupInfo, ClientSubnets: two or three, in distinct zones',
    reason: 'A loosened security group alone does not open the brokers, and the loss of a zone does not stop them.',
  },
  securityGroups: {
    value: 'one of its own, closed',
    provenBy: ['Network.DataStoreGroupsClosed', 'Network.OwnSecurityGroup'],
    criteria: ['CC6.1', 'CC6.6'],
    source: 'AWS::MSK::Cluster BrokerNodeGroupInfo, SecurityGroups: the default group of the VPC by default',
    reason: 'Who may connect is named, one by one.',
  },
  egress: {
    value: 'none',
    provenBy: ['Network.DataStoreEgress'],
    criteria: ['CC6.6', 'CC6.7'],
    source: 'AWS::EC2::SecurityGroup, SecurityGroupEgress: all outbound traffic by default',
    reason: 'Brokers call nobody in the VPC, so a way out serves only who wants to carry data away.',
  },
  brokerLogs: {
    value: 'to a log group of its own',
    provenBy: ['MSK.BrokerLogging'],
    criteria: ['CC7.2'],
    source: `${MSK}, "Amazon MSK logging": none by default`,
    reason: 'Logs show failures and refused clients, and are gone with the broker unless they are delivered.',
  },
  enhancedMonitoring: {
    value: 'PER_BROKER',
    provenBy: ['MSK.EnhancedMonitoring'],
    criteria: ['CC7.2', 'A1.1'],
    source: 'AWS::MSK::Cluster, EnhancedMonitoring: DEFAULT by default; AWS Security Hub MSK.2',
    reason: 'Shows which broker runs full before it does.',
  },
  removalPolicy: {
    value: 'RETAIN',
    provenBy: [],
    criteria: [],
    source: 'AWS CloudFormation user guide, "DeletionPolicy attribute"',
    reason: 'A deleted stack does not take the data along, of which there are no snapshots.',
    cfn: { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' },
  },
});
