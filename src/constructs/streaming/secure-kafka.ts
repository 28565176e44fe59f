import { Fn, Names, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as msk from 'aws-cdk-lib/aws-msk';
import { Construct } from 'constructs';
import { OptOut } from '../../declarations/opt-out';
import { kafkaDefaults as d } from '../../defaults/kafka';
import { SecureLogGroup } from '../logging/secure-log-group';
import { EncryptionKey } from '../security/encryption-key';
import { isOwnKey } from '../support/key-policy';
import { networkClaims, oneInEachZone, storeSecurityGroup, storeSubnets, zonesOf } from '../support/store-network';
import { uphold } from '../support/uphold';
import { vendedLogGroupName } from '../support/vended-logs';

/** Properties of a `SecureKafka`. */
export interface SecureKafkaProps {
  /**
   * Claims that are given up, each with a reason.
   *
   * @default - none
   */
  readonly optOuts?: OptOut[];
  /** The VPC of the clients, in which the brokers have their addresses. */
  readonly vpc: ec2.IVpc;
  /** The version of Apache Kafka, as Amazon MSK spells it, e.g. `3.9.x.kraft`. */
  readonly kafkaVersion: string;
  /** The type of the brokers, e.g. `kafka.m7g.large` or `express.m7g.large`. It decides what the cluster costs. */
  readonly instanceType: string;
  /**
   * The subnets of the brokers. One in each zone is taken, of three zones at most. Express brokers need three zones, others two.
   *
   * @default - the isolated subnets, else the private ones
   */
  readonly vpcSubnets?: ec2.SubnetSelection;
  /**
   * The security groups of the brokers.
   *
   * @default - one of its own, which lets nobody in and nothing out
   */
  readonly securityGroups?: ec2.ISecurityGroup[];
  /**
   * The name of the cluster. It cannot be changed.
   *
   * @default - made from the path of the construct
   */
  readonly clusterName?: string;
  /**
   * The number of brokers in each zone.
   *
   * @default 1
   */
  readonly brokersPerZone?: number;
  /**
   * The storage of each broker, in GiB. Express brokers have theirs without a size.
   *
   * @default 100
   */
  readonly storageGib?: number;
  /**
   * The key for what the brokers store.
   *
   * @default - the key of data that the stack shares
   */
  readonly encryptionKey?: kms.IKey;
  /**
   * The log group for the logs of the brokers.
   *
   * @default - a `SecureLogGroup`
   */
  readonly logGroup?: logs.ILogGroup;
  /**
   * The level of metrics: `DEFAULT`, `PER_BROKER`, `PER_TOPIC_PER_BROKER` or `PER_TOPIC_PER_PARTITION`. All but the first are billed.
   *
   * @default 'PER_BROKER'
   */
  readonly enhancedMonitoring?: string;
  /**
   * What becomes of the cluster when it is removed from the stack.
   *
   * @default RemovalPolicy.RETAIN
   */
  readonly removalPolicy?: RemovalPolicy;
}

/** Where brokers listen for clients that sign in with IAM. */
const IAM_PORT = 9098;
const MOST_ZONES = 3;

/**
 * An Apache Kafka cluster of Amazon MSK in private subnets of up to three zones: encrypted with a customer managed key, reached over TLS and with IAM
 * only, its logs delivered.
 *
 * Nobody may connect at first: `kafka.connections.allowDefaultPortFrom(service)` opens the port to a client, `kafka.grantProduce(role, topic)` and
 * `kafka.grantConsume(role, topic, group)` let its role write and read.
 *
 * Supports CC6.1, CC6.6, CC6.7, CC7.2, A1.1 and C1.1. Billed: the brokers and their storage, metrics by broker, the shared keys (1 USD a month each for
 * the stack), and logs.
 */
export class SecureKafka extends Construct implements ec2.IConnectable {
  /** The cluster itself. */
  public readonly cluster: msk.CfnCluster;
  /** The ARN of the cluster. */
  public readonly clusterArn: string;
  /** Who may connect. */
  public readonly connections: ec2.Connections;

  /** @throws Error when a property weakens a claim without an opt-out, or when the subnets lie in too few zones or are public for want of others. */
  constructor(scope: Construct, id: string, props: SecureKafkaProps) {
    super(scope, id);
    const subnets = this.zonedSubnets(props);
    const key = props.encryptionKey ?? EncryptionKey.shared(this, 'data');
    const logGroup = props.logGroup ?? new SecureLogGroup(this, 'BrokerLogs', { logGroupName: vendedLogGroupName(this, 'BrokerLogs', 'msk') });
    const securityGroups = props.securityGroups ?? [storeSecurityGroup(this, 'SecurityGroup', props.vpc, this.node.path)];
    this.connections = new ec2.Connections({ securityGroups, defaultPort: ec2.Port.tcp(IAM_PORT) });
    const volumeSize = props.storageGib ?? 100;
    this.cluster = new msk.CfnCluster(this, 'Resource', {
      clusterName: props.clusterName ?? Names.uniqueResourceName(this, { maxLength: 64, separator: '-' }),
      kafkaVersion: props.kafkaVersion,
      numberOfBrokerNodes: subnets.length * (props.brokersPerZone ?? 1),
      brokerNodeGroupInfo: {
        instanceType: props.instanceType,
        clientSubnets: subnets.map(({ subnetId }) => subnetId),
        securityGroups: securityGroups.map(({ securityGroupId }) => securityGroupId),
        connectivityInfo: { publicAccess: { type: d.publicAccess.value } },
        // Express brokers refuse a size.
        storageInfo: isExpress(props) ? undefined : { ebsStorageInfo: { volumeSize } },
      },
      encryptionInfo: {
        encryptionAtRest: { dataVolumeKmsKeyId: key.keyArn },
        encryptionInTransit: { clientBroker: d.clientBroker.value, inCluster: d.inCluster.value },
      },
      clientAuthentication: { sasl: { iam: { enabled: true } }, unauthenticated: { enabled: false } },
      loggingInfo: { brokerLogs: { cloudWatchLogs: { enabled: true, logGroup: logGroup.logGroupName } } },
      enhancedMonitoring: props.enhancedMonitoring ?? d.enhancedMonitoring.value,
    });
    this.cluster.applyRemovalPolicy(props.removalPolicy ?? RemovalPolicy.RETAIN);
    this.clusterArn = this.cluster.attrArn;
    uphold(this, 'SecureKafka', props.optOuts, [{
      resource: this.cluster,
      upheld: [
        // Nothing here knows whose key it is when it comes from elsewhere.
        ...isOwnKey(key) ? [{ by: d.encryptionKey }] : [],
        { by: d.clientBroker },
        { by: d.inCluster },
        { by: d.authentication },
        { by: d.publicAccess },
        ...networkClaims(d, props),
        { by: d.brokerLogs },
        { by: d.enhancedMonitoring, weakened: props.enhancedMonitoring === 'DEFAULT' && 'enhancedMonitoring: DEFAULT' },
      ],
    }]);
  }

  /**
   * Lets a role write to a topic, or to all whose names match. The port has to be opened besides.
   *
   * @param grantee the role of the client
   * @param topic the name of the topic, which may hold `*`
   */
  public grantProduce(grantee: iam.IGrantable, topic: string): iam.Grant {
    return this.grantOnCluster(grantee, 'kafka-cluster:WriteDataIdempotently')
      .combine(grant(grantee, this.arnOf('topic', topic), 'kafka-cluster:DescribeTopic', 'kafka-cluster:WriteData'));
  }

  /**
   * Lets a role read a topic, or all whose names match. The port has to be opened besides.
   *
   * @param grantee the role of the client
   * @param topic the name of the topic, which may hold `*`
   * @param group the name of the consumer group, which may hold `*`
   */
  public grantConsume(grantee: iam.IGrantable, topic: string, group: string): iam.Grant {
    return this.grantOnCluster(grantee)
      .combine(grant(grantee, this.arnOf('topic', topic), 'kafka-cluster:DescribeTopic', 'kafka-cluster:ReadData'))
      .combine(grant(grantee, this.arnOf('group', group), 'kafka-cluster:AlterGroup', 'kafka-cluster:DescribeGroup'));
  }

  private grantOnCluster(grantee: iam.IGrantable, ...more: string[]): iam.Grant {
    return grant(grantee, this.clusterArn, 'kafka-cluster:Connect', 'kafka-cluster:DescribeCluster', ...more);
  }

  /** Topics and groups are named by the name and the UUID of the cluster, both of which stand in its ARN. */
  private arnOf(resource: string, name: string): string {
    return Stack.of(this).formatArn({ service: 'kafka', resource, resourceName: `${Fn.select(1, Fn.split(':cluster/', this.clusterArn))}/${name}` });
  }

  private zonedSubnets(props: SecureKafkaProps): ec2.ISubnet[] {
    const refuse = (why: string): never => {
      throw new Error(`SecureKafka at ${this.node.path}: ${why}`);
    };
    const found = storeSubnets('SecureKafka', this, props);
    if (!zonesOf(found.subnets)) refuse('a subnet was imported without its zone, and Amazon MSK takes one of each; import it with ec2.Subnet.fromSubnetAttributes()');
    const subnets = oneInEachZone(found.subnets, MOST_ZONES);
    if (found.isPendingLookup) return subnets;
    if (subnets.length < 2) refuse('Amazon MSK needs subnets in two or three zones; add some, or give vpcSubnets');
    if (subnets.length < MOST_ZONES && isExpress(props)) refuse('Amazon MSK needs subnets in three zones for express brokers; add some, or give another instanceType');
    return subnets;
  }
}

function isExpress({ instanceType }: SecureKafkaProps): boolean {
  return instanceType.startsWith('express.');
}

function grant(grantee: iam.IGrantable, arn: string, ...actions: string[]): iam.Grant {
  return iam.Grant.addToPrincipal({ grantee, actions, resourceArns: [arn] });
}
