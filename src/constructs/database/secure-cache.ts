import { ArnFormat, Duration, Names, RemovalPolicy, Stack, Token } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elasticache from 'aws-cdk-lib/aws-elasticache';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { isOff } from '../../declarations/declare';
import { OptOut } from '../../declarations/opt-out';
import { cacheDefaults as d, cacheUserDefaults as u } from '../../defaults/cache';
import { SecureLogGroup } from '../logging/secure-log-group';
import { EncryptionKey } from '../security/encryption-key';
import { isShorter } from '../support/duration';
import { isOwnKey } from '../support/key-policy';
import { networkClaims, storeSecurityGroup, storeSubnets, zonesOf } from '../support/store-network';
import { uphold } from '../support/uphold';
import { vendedLogGroupName } from '../support/vended-logs';

/** Properties of a `SecureCache`. */
export interface SecureCacheProps {
  /**
   * Claims that are given up, each with a reason.
   *
   * @default - none
   */
  readonly optOuts?: OptOut[];
  /** The VPC of the cache. */
  readonly vpc: ec2.IVpc;
  /**
   * The subnets of the cache, in two zones or more.
   *
   * @default - the isolated subnets, else the private ones
   */
  readonly vpcSubnets?: ec2.SubnetSelection;
  /**
   * The security groups of the cache.
   *
   * @default - one of its own, which lets nobody in and nothing out
   */
  readonly securityGroups?: ec2.ISecurityGroup[];
  /** The type of the nodes, e.g. `cache.t4g.small`. It decides what the cache costs. */
  readonly nodeType: string;
  /**
   * The version of Valkey, 7.2 or later: users sign in with IAM from there on.
   *
   * @default '8.0'
   */
  readonly engineVersion?: string;
  /**
   * The number of shards. More than one is "cluster mode": clients must speak it, and connect to the configuration endpoint.
   *
   * @default 1
   */
  readonly shards?: number;
  /**
   * The number of replicas of each shard, 0 to 5. Each is a node that is billed.
   *
   * @default 1
   */
  readonly replicasPerShard?: number;
  /**
   * Spreads the nodes over zones, and fails over to a replica.
   *
   * @default true
   */
  readonly multiAz?: boolean;
  /**
   * The port that the cache listens on.
   *
   * @default 6379
   */
  readonly port?: number;
  /**
   * The parameter group.
   *
   * @default - that of AWS for the version, with cluster mode where there is more than one shard
   */
  readonly parameterGroupName?: string;
  /**
   * The key for what the cache writes to disk.
   *
   * @default - the key of data that the stack shares
   */
  readonly encryptionKey?: kms.IKey;
  /**
   * The user group, with users that were made elsewhere. Two groups cannot be combined.
   *
   * @default - a group with one user, who signs in with IAM
   */
  readonly userGroupId?: string;
  /**
   * What the user may do, as an access string of Valkey.
   *
   * @default - all keys and channels, and all commands but the dangerous ones, such as FLUSHALL and KEYS; `on ~* &* +@all -@dangerous +info`
   */
  readonly accessString?: string;
  /**
   * How long daily snapshots are kept, up to 35 days.
   *
   * @default Duration.days(35)
   */
  readonly snapshotRetention?: Duration;
  /**
   * When the daily snapshot begins, in UTC, e.g. `05:00-06:00`.
   *
   * @default - ElastiCache chooses
   */
  readonly snapshotWindow?: string;
  /**
   * When maintenance happens, in UTC, e.g. `sun:23:00-mon:01:30`.
   *
   * @default - ElastiCache chooses
   */
  readonly preferredMaintenanceWindow?: string;
  /**
   * Installs minor versions of the engine in the maintenance window.
   *
   * @default true
   */
  readonly autoMinorVersionUpgrade?: boolean;
  /**
   * The log group for the log of the engine.
   *
   * @default - a `SecureLogGroup`
   */
  readonly engineLogGroup?: logs.ILogGroup;
  /**
   * The log group for the log of slow commands.
   *
   * @default - a `SecureLogGroup`
   */
  readonly slowLogGroup?: logs.ILogGroup;
  /**
   * What becomes of the cache when it is removed from the stack.
   *
   * @default RemovalPolicy.SNAPSHOT
   */
  readonly removalPolicy?: RemovalPolicy;
}

/**
 * An ElastiCache cache of Valkey in private subnets: encrypted with a customer managed key, reached over TLS and with IAM only, with a replica in
 * another zone, and snapshots for 35 days.
 *
 * Nobody may connect at first: `cache.connections.allowDefaultPortFrom(service)` opens the port to a client, `cache.grantConnect(role)` lets its
 * role sign in as the user of the cache.
 *
 * Supports CC6.1, CC6.3, CC6.6, CC6.7, CC7.1, CC7.2, CC7.5, CC9.1, A1.2 and C1.1. Billed: two nodes, the shared keys (1 USD a month each for the stack),
 * snapshots, and logs.
 */
export class SecureCache extends Construct implements ec2.IConnectable {
  /** The replication group itself. */
  public readonly replicationGroup: elasticache.CfnReplicationGroup;
  /** The user as whom clients sign in, unless `userGroupId` is given. */
  public readonly user?: elasticache.CfnUser;
  /** Who may connect. */
  public readonly connections: ec2.Connections;
  /** The address that clients connect to: that of the primary, or the configuration endpoint where there is more than one shard. */
  public readonly endpointAddress: string;
  /** The port that clients connect to. */
  public readonly endpointPort: string;

  /**
   * @throws Error when a property weakens a claim without an opt-out, when the VPC has public subnets only, or when `multiAz` meets subnets of one zone
   * or shards without a replica.
   */
  constructor(scope: Construct, id: string, props: SecureCacheProps) {
    super(scope, id);
    const { vpc, shards = 1, replicasPerShard = 1, port = 6379, engineVersion = '8.0' } = props;
    const spread = props.multiAz ?? replicasPerShard > 0;
    const subnets = storeSubnets('SecureCache', this, props);
    this.refuseUnspread(props, spread, subnets);
    const key = props.encryptionKey ?? EncryptionKey.shared(this, 'data');
    const securityGroups = props.securityGroups ?? [storeSecurityGroup(this, 'SecurityGroup', vpc, this.node.path)];
    this.connections = new ec2.Connections({ securityGroups, defaultPort: ec2.Port.tcp(port) });
    this.user = props.userGroupId === undefined ? this.makeUser(props.accessString) : undefined;
    const group = this.replicationGroup = new elasticache.CfnReplicationGroup(this, 'Resource', {
      replicationGroupDescription: `made for ${this.node.path}`,
      engine: 'valkey',
      engineVersion,
      cacheNodeType: props.nodeType,
      numNodeGroups: shards,
      replicasPerNodeGroup: replicasPerShard,
      cacheParameterGroupName: props.parameterGroupName ?? parameterGroupOf(engineVersion, shards),
      port,
      cacheSubnetGroupName: new elasticache.CfnSubnetGroup(this, 'Subnets', { description: `of ${this.node.path}`, subnetIds: subnets.subnetIds }).ref,
      securityGroupIds: securityGroups.map(({ securityGroupId }) => securityGroupId),
      atRestEncryptionEnabled: d.atRestEncryption.value,
      kmsKeyId: key.keyArn,
      transitEncryptionEnabled: true,
      transitEncryptionMode: d.transitEncryption.value,
      userGroupIds: [props.userGroupId ?? this.makeUserGroup(this.user!)],
      multiAzEnabled: spread,
      // Cluster mode has failover in any case.
      automaticFailoverEnabled: spread || shards > 1,
      snapshotRetentionLimit: props.snapshotRetention?.toDays() ?? d.snapshotRetentionDays.value,
      snapshotWindow: props.snapshotWindow,
      preferredMaintenanceWindow: props.preferredMaintenanceWindow,
      autoMinorVersionUpgrade: props.autoMinorVersionUpgrade ?? d.autoMinorVersionUpgrade.value,
      logDeliveryConfigurations: [
        this.deliver('engine-log', props.engineLogGroup ?? this.makeLogGroup('EngineLog')),
        this.deliver('slow-log', props.slowLogGroup ?? this.makeLogGroup('SlowLog')),
      ],
    });
    group.applyRemovalPolicy(props.removalPolicy ?? RemovalPolicy.SNAPSHOT);
    // Without it CloudFormation replaces the cache, and its content is gone, when the number of shards changes.
    if (shards > 1) group.cfnOptions.updatePolicy = { useOnlineResharding: true };
    this.endpointAddress = shards > 1 ? group.attrConfigurationEndPointAddress : group.attrPrimaryEndPointAddress;
    this.endpointPort = shards > 1 ? group.attrConfigurationEndPointPort : group.attrPrimaryEndPointPort;
    this.upholdCache(props, key);
  }

  /**
   * Lets a role sign in as the user of the cache. The port has to be opened besides: `cache.connections.allowDefaultPortFrom(client)`.
   *
   * @param grantee the role of the client
   * @throws Error when the users were made elsewhere.
   */
  public grantConnect(grantee: iam.IGrantable): iam.Grant {
    if (!this.user) throw new Error(`SecureCache at ${this.node.path}: its users were made elsewhere; allow elasticache:Connect on them and on the cache there`);
    const arn = Stack.of(this).formatArn({
      service: 'elasticache', resource: 'replicationgroup', resourceName: this.replicationGroup.ref, arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
    return iam.Grant.addToPrincipal({ grantee, actions: ['elasticache:Connect'], resourceArns: [arn, this.user.attrArn] });
  }

  private refuseUnspread({ multiAz, replicasPerShard }: SecureCacheProps, spread: boolean, subnets: ec2.SelectedSubnets): void {
    if (!spread) return;
    if (multiAz && replicasPerShard === 0) throw new Error(`SecureCache at ${this.node.path}: multiAz needs a replica to fail over to; leave out replicasPerShard: 0`);
    const zones = zonesOf(subnets.subnets);
    if (!subnets.isPendingLookup && zones && zones.size < 2) {
      throw new Error(`SecureCache at ${this.node.path}: multiAz needs subnets in two zones; add some, or give multiAz: false with an opt-out of ElastiCache.AutomaticFailover`);
    }
  }

  /** For IAM the name of the user must be its id, and both are lower case. */
  private makeUser(accessString = u.accessString.value): elasticache.CfnUser {
    const name = nameOf(this);
    return new elasticache.CfnUser(this, 'User', {
      engine: 'valkey', userId: name, userName: name, accessString, authenticationMode: { Type: u.authentication.value },
    });
  }

  /** With Valkey a group needs no default user. There is none then: who gives no name is refused. */
  private makeUserGroup(user: elasticache.CfnUser): string {
    return new elasticache.CfnUserGroup(this, 'Users', { engine: 'valkey', userGroupId: nameOf(this), userIds: [user.ref] }).ref;
  }

  private makeLogGroup(id: string): SecureLogGroup {
    return new SecureLogGroup(this, id, { logGroupName: vendedLogGroupName(this, id, 'elasticache') });
  }

  private deliver(logType: string, { logGroupName: logGroup }: logs.ILogGroup): elasticache.CfnReplicationGroup.LogDeliveryConfigurationRequestProperty {
    return { logType, logFormat: 'json', destinationType: 'cloudwatch-logs', destinationDetails: { cloudWatchLogsDetails: { logGroup } } };
  }

  private upholdCache(props: SecureCacheProps, key: kms.IKey): void {
    const { snapshotRetention: kept } = props;
    const alone = props.replicasPerShard === 0 && 'replicasPerShard: 0';
    uphold(this, 'SecureCache', props.optOuts, [
      {
        resource: this.replicationGroup,
        upheld: [
          { by: d.atRestEncryption },
          // Nothing here knows whose key it is when it comes from elsewhere.
          ...isOwnKey(key) ? [{ by: d.encryptionKey }] : [],
          { by: d.transitEncryption },
          { by: d.userGroup },
          { by: d.multiAz, weakened: isOff(props.multiAz) ? 'multiAz: false' : alone },
          { by: d.snapshotRetentionDays, weakened: isShorter(kept, d.snapshotRetentionDays.least['ElastiCache.Backup']) && `snapshotRetention: ${kept?.toHumanString()}` },
          { by: d.autoMinorVersionUpgrade, weakened: isOff(props.autoMinorVersionUpgrade) && 'autoMinorVersionUpgrade: false' },
          { by: d.subnetGroup },
          { by: d.logDelivery },
          ...networkClaims(d, props),
        ],
      },
      ...this.user ? [{ resource: this.user, upheld: [{ by: u.authentication }] }] : [],
    ]);
  }
}

/** At most 40 small letters, digits and single hyphens; the name of the stack, at its beginning, begins with a letter. */
function nameOf(cache: Construct): string {
  return Names.uniqueResourceName(cache, { maxLength: 40, separator: '-' }).toLowerCase();
}

/** Said, because the group that ElastiCache would take has no cluster mode. */
function parameterGroupOf(version: string, shards: number): string | undefined {
  return Token.isUnresolved(version) ? undefined : `default.valkey${version.split('.')[0]}${shards > 1 ? '.cluster.on' : ''}`;
}
