import { ArnFormat, Duration, RemovalPolicy, Stack, Tags, Token } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as redshift from 'aws-cdk-lib/aws-redshift';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { isOff } from '../../declarations/declare';
import { OptOut } from '../../declarations/opt-out';
import { warehouseDefaults as d } from '../../defaults/warehouse';
import { EncryptionKey } from '../security/encryption-key';
import { BACKUP_TAG, BACKUP_TAG_VALUE } from '../support/backup-tag';
import { isParameterOn } from '../support/database-engine';
import { identifierOf, makeLogGroups, ofLogGroup } from '../support/database-logs';
import { isShorter } from '../support/duration';
import { isOwnKey } from '../support/key-policy';
import { networkClaims, storeSecurityGroup, storeSubnets, zonesOf } from '../support/store-network';
import { uphold } from '../support/uphold';

/** Properties of a `SecureWarehouse`. */
export interface SecureWarehouseProps {
  /**
   * Claims that are given up, each with a reason.
   *
   * @default - none
   */
  readonly optOuts?: OptOut[];
  /** The VPC of the warehouse. */
  readonly vpc: ec2.IVpc;
  /**
   * The subnets of the warehouse.
   *
   * @default - the isolated subnets, else the private ones
   */
  readonly vpcSubnets?: ec2.SubnetSelection;
  /**
   * The security groups of the warehouse.
   *
   * @default - one of its own, which lets nobody in and nothing out
   */
  readonly securityGroups?: ec2.ISecurityGroup[];
  /** The type of the nodes, e.g. `ra3.large`. It decides what the warehouse costs. */
  readonly nodeType: string;
  /**
   * The number of nodes, each of which is billed.
   *
   * @default 2
   */
  readonly numberOfNodes?: number;
  /**
   * Runs as many nodes again in a second zone. For nodes of the family RA3, and two of them at least; they are billed twice.
   *
   * @default false
   */
  readonly multiAz?: boolean;
  /**
   * The name of the first database.
   *
   * @default 'dev'
   */
  readonly databaseName?: string;
  /**
   * The name of the administrator.
   *
   * @default 'dbowner'
   */
  readonly masterUsername?: string;
  /**
   * The identifier of the cluster: small letters, digits and single hyphens. The names of the log groups hold it.
   *
   * @default - made from the construct's path
   */
  readonly clusterIdentifier?: string;
  /**
   * The port that the warehouse listens on.
   *
   * @default 5439
   */
  readonly port?: number;
  /**
   * The key for the data, the snapshots and the password of the administrator.
   *
   * @default - the key of data that the stack shares
   */
  readonly encryptionKey?: kms.IKey;
  /**
   * Parameters of the parameter group, besides `require_ssl` and `enable_user_activity_logging`.
   *
   * @default - none
   */
  readonly parameters?: { [name: string]: string };
  /**
   * How long automated snapshots are kept, up to 35 days.
   *
   * @default Duration.days(35)
   */
  readonly snapshotRetention?: Duration;
  /**
   * How long the audit logs are kept.
   *
   * @default - a year
   */
  readonly logRetention?: logs.RetentionDays;
  /**
   * Roles that the warehouse takes on, to read from S3 for instance.
   *
   * @default - none
   */
  readonly roles?: iam.IRole[];
  /**
   * Installs upgrades of the engine in the maintenance window.
   *
   * @default true
   */
  readonly allowVersionUpgrade?: boolean;
  /**
   * When maintenance happens, in UTC, e.g. `sun:23:00-mon:01:30`.
   *
   * @default - Redshift chooses
   */
  readonly preferredMaintenanceWindow?: string;
  /**
   * Tags the warehouse `soc2:backup=true`, so that a `RecoveryPlan` backs it up.
   *
   * @default true
   */
  readonly backup?: boolean;
  /**
   * What becomes of the warehouse when it is removed from the stack.
   *
   * @default RemovalPolicy.SNAPSHOT
   */
  readonly removalPolicy?: RemovalPolicy;
}

const LOGS = ['connectionlog', 'userlog', 'useractivitylog'];

/**
 * A Redshift cluster in private subnets that is encrypted with a customer managed key, refuses connections without TLS, logs who signed in and what
 * they queried, and keeps snapshots for 35 days.
 *
 * Redshift itself keeps the password of the administrator in Secrets Manager and rotates it, so there is none in the template. Nobody may connect at
 * first, and nothing goes out: with enhanced VPC routing COPY and UNLOAD go through the VPC too, so open the way to S3 with `connections`.
 *
 * Supports CC6.1, CC6.2, CC6.6, CC6.7, CC7.1, CC7.2, CC7.3, CC7.5, A1.2 and C1.1, and CC9.1 with `multiAz`. Billed: two nodes, the shared keys
 * (1 USD a month each for the stack), a secret, snapshots beyond the free storage, and logs.
 */
export class SecureWarehouse extends Construct implements ec2.IConnectable {
  /** The cluster itself. */
  public readonly cluster: redshift.CfnCluster;
  /** Its parameter group. */
  public readonly parameterGroup: redshift.CfnClusterParameterGroup;
  /** Who may connect, and where to. */
  public readonly connections: ec2.Connections;
  /** The secret with the password of the administrator, which Redshift made. */
  public readonly secret: secretsmanager.ISecret;
  /** The address that clients connect to. */
  public readonly endpointAddress: string;
  /** The log groups by the name of the log. */
  public readonly logGroups: { [log: string]: logs.ILogGroup };
  private readonly databaseName: string;

  /**
   * @throws Error when a property weakens a claim without an opt-out, when the VPC has public subnets only, or when `multiAz` meets a single node,
   * another family than RA3 or subnets of one zone.
   */
  constructor(scope: Construct, id: string, props: SecureWarehouseProps) {
    super(scope, id);
    const { vpc, numberOfNodes = 2, port = 5439 } = props;
    const subnets = storeSubnets('SecureWarehouse', this, props);
    this.refuseUnspread(props, numberOfNodes, subnets);
    const key = props.encryptionKey ?? EncryptionKey.shared(this, 'data');
    const securityGroups = props.securityGroups ?? [storeSecurityGroup(this, 'SecurityGroup', vpc, this.node.path)];
    const parameters = { require_ssl: 'true', enable_user_activity_logging: 'true', ...props.parameters };
    const identifier = props.clusterIdentifier ?? identifierOf(this);
    this.databaseName = props.databaseName ?? 'dev';
    this.connections = new ec2.Connections({ securityGroups, defaultPort: ec2.Port.tcp(port) });
    this.parameterGroup = new redshift.CfnClusterParameterGroup(this, 'Parameters', {
      description: `of ${this.node.path}`,
      parameterGroupFamily: 'redshift-1.0',
      parameters: Object.entries(parameters).map(([parameterName, parameterValue]) => ({ parameterName, parameterValue })),
    });
    const cluster = this.cluster = new redshift.CfnCluster(this, 'Resource', {
      clusterIdentifier: identifier,
      clusterType: numberOfNodes > 1 ? 'multi-node' : 'single-node',
      nodeType: props.nodeType,
      // Redshift refuses a number for a single node.
      numberOfNodes: numberOfNodes > 1 ? numberOfNodes : undefined,
      multiAz: props.multiAz,
      dbName: this.databaseName,
      masterUsername: props.masterUsername ?? d.masterUsername.value,
      manageMasterPassword: d.manageMasterPassword.value,
      masterPasswordSecretKmsKeyId: key.keyArn,
      encrypted: d.encrypted.value,
      kmsKeyId: key.keyArn,
      port,
      publiclyAccessible: d.publiclyAccessible.value,
      enhancedVpcRouting: d.enhancedVpcRouting.value,
      clusterSubnetGroupName: new redshift.CfnClusterSubnetGroup(this, 'Subnets', { description: `of ${this.node.path}`, subnetIds: subnets.subnetIds }).ref,
      clusterParameterGroupName: this.parameterGroup.ref,
      vpcSecurityGroupIds: securityGroups.map(({ securityGroupId }) => securityGroupId),
      loggingProperties: { logDestinationType: 'cloudwatch', logExports: LOGS },
      automatedSnapshotRetentionPeriod: props.snapshotRetention?.toDays() ?? d.snapshotRetentionDays.value,
      allowVersionUpgrade: props.allowVersionUpgrade ?? d.allowVersionUpgrade.value,
      preferredMaintenanceWindow: props.preferredMaintenanceWindow,
      iamRoles: props.roles?.map(({ roleArn }) => roleArn),
    });
    cluster.applyRemovalPolicy(props.removalPolicy ?? RemovalPolicy.SNAPSHOT);
    // Redshift would make them without retention and key.
    this.logGroups = makeLogGroups(this, cluster, { folder: '/aws/redshift/cluster', identifier, exported: LOGS, retention: props.logRetention, optOuts: props.optOuts });
    this.endpointAddress = cluster.attrEndpointAddress;
    this.secret = secretsmanager.Secret.fromSecretAttributes(this, 'Secret', { secretCompleteArn: cluster.attrMasterPasswordSecretArn, encryptionKey: key });
    if (props.backup ?? d.backup.value) Tags.of(this).add(BACKUP_TAG, BACKUP_TAG_VALUE, { includeResourceTypes: [redshift.CfnCluster.CFN_RESOURCE_TYPE_NAME] });
    this.upholdWarehouse(props, key, parameters);
  }

  /**
   * Lets a role sign in with IAM, as a user of its own. The port has to be opened besides: `warehouse.connections.allowDefaultPortFrom(client)`.
   *
   * @param grantee the role of the client
   */
  public grantConnect(grantee: iam.IGrantable): iam.Grant {
    const database = Stack.of(this).formatArn({
      service: 'redshift', resource: 'dbname', resourceName: `${this.cluster.ref}/${this.databaseName}`, arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
    return iam.Grant.addToPrincipal({ grantee, actions: ['redshift:GetClusterCredentialsWithIAM'], resourceArns: [database] });
  }

  private refuseUnspread({ multiAz, nodeType }: SecureWarehouseProps, numberOfNodes: number, subnets: ec2.SelectedSubnets): void {
    if (!multiAz) return;
    const zones = subnets.isPendingLookup ? undefined : zonesOf(subnets.subnets);
    if (zones && zones.size < 2) throw new Error(`SecureWarehouse at ${this.node.path}: multiAz needs subnets in two zones; add some, or leave out multiAz`);
    const other = !Token.isUnresolved(nodeType) && !nodeType.startsWith('ra3.');
    const cause = other ? `nodes of the family RA3, not ${nodeType}` : numberOfNodes < 2 && 'two nodes at least';
    if (cause) throw new Error(`SecureWarehouse at ${this.node.path}: multiAz needs ${cause}; change nodeType or numberOfNodes, or leave out multiAz`);
  }

  private upholdWarehouse(props: SecureWarehouseProps, key: kms.IKey, parameters: Record<string, string>): void {
    const { snapshotRetention: kept, masterUsername: username = d.masterUsername.value } = props;
    const off = (name: string): string | false => !Token.isUnresolved(parameters[name]) && !isParameterOn(parameters[name]) && `${name}: ${parameters[name]}`;
    uphold(this, 'SecureWarehouse', props.optOuts?.filter((optOut) => !ofLogGroup(optOut)), [
      {
        resource: this.cluster,
        upheld: [
          { by: d.encrypted },
          // Nothing here knows whose key it is when it comes from elsewhere.
          ...isOwnKey(key) ? [{ by: d.encryptionKey }] : [],
          { by: d.publiclyAccessible },
          { by: d.subnetGroup },
          { by: d.enhancedVpcRouting },
          { by: d.logging },
          ...Object.entries(d.snapshotRetentionDays.least).map(([rule, days]) => ({ by: d.snapshotRetentionDays, rule, weakened: isShorter(kept, days) && `snapshotRetention: ${kept?.toHumanString()}` })),
          { by: d.manageMasterPassword },
          { by: d.masterUsername, weakened: username === 'awsuser' && 'masterUsername: awsuser' },
          { by: d.allowVersionUpgrade, weakened: isOff(props.allowVersionUpgrade) && 'allowVersionUpgrade: false' },
          ...props.multiAz ? [{ by: d.multiAz }] : [],
          ...networkClaims(d, props),
        ],
      },
      {
        resource: this.parameterGroup,
        upheld: [{ by: d.requireSsl, weakened: off('require_ssl') }, { by: d.userActivityLogging, weakened: off('enable_user_activity_logging') }],
      },
    ]);
  }
}
