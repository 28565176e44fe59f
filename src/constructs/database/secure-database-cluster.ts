import { Resource, Tags, Token } from 'aws-cdk-lib';
import * as rds from 'aws-cdk-lib/aws-rds';
import { Construct } from 'constructs';
import { addInsights, databaseClusterHardening, exportClusterLogs, instancesOf, vpcOf, zonesOf } from './database-cluster-hardening';
import { isOff } from '../../declarations/declare';
import { OptOut } from '../../declarations/opt-out';
import { clusterInstanceDefaults as i, databaseClusterDefaults as d, globalDatabaseDefaults as g } from '../../defaults/database-cluster';
import { BACKUP_TAG, BACKUP_TAG_VALUE } from '../support/backup-tag';
import { isPlainPassword, isUsualName } from '../support/database-credentials';
import { engineSettings, isParameterOn, requireVersion } from '../support/database-engine';
import { ofLogGroup } from '../support/database-logs';
import { securityGroupClaims } from '../support/database-security-group';
import { privateSubnets, requirePrivateSubnets } from '../support/database-subnets';
import { isShorter } from '../support/duration';
import { hardened } from '../support/hardening';
import { isOwnKey } from '../support/key-policy';
import { Upheld, uphold, Upholding } from '../support/uphold';

/** Properties of a `SecureDatabaseCluster`. Those of `rds.DatabaseCluster` keep their meaning; where they are left out, the secure default stands. */
export interface SecureDatabaseClusterProps extends rds.DatabaseClusterProps {
  /**
   * Claims that are given up, each with a reason.
   *
   * @default - none
   */
  readonly optOuts?: OptOut[];
  /**
   * Tags the cluster `soc2:backup=true`, so that a `RecoveryPlan` backs it up.
   *
   * @default true
   */
  readonly inRecoveryPlan?: boolean;
  /**
   * The identifier of the global database of which this is a secondary cluster, in another region than its primary (`addGlobalDatabase()`).
   *
   * Its users, passwords and databases are those of the primary. It has a key of its own region.
   *
   * @default - a cluster of its own
   */
  readonly secondaryOf?: string;
}

/**
 * An Aurora cluster that is encrypted with a customer managed key, has a reader in another zone, lies in private subnets, is backed up for 35
 * days, protected from deletion, and refuses connections without TLS.
 *
 * Unless given, the writer is a serverless instance of 0.5 to 2 capacity units, and the reader is like the writer. Aurora itself keeps the master
 * password in Secrets Manager and rotates it every seven days, so there is none in the template, and `addRotationSingleUser()` cannot be used;
 * `secret` is the secret that Aurora made. The logs of the engine go to log groups of this construct, which need a fixed cluster identifier: it is
 * made from the construct's path unless given.
 *
 * Nobody may connect at first, `connections.allowDefaultPortFrom()` names who may. Nothing goes out either, unless the cluster was told of buckets to
 * load from or a directory: a database that calls others, a Lambda function for instance, needs `connections.allowTo()`.
 *
 * Supports CC6.1, CC6.2, CC6.6, CC6.7, CC7.1, CC7.2, CC7.3, CC7.5, CC9.1, A1.1, A1.2 and C1.1. Billed: two instances, the shared keys
 * (1 USD a month each for the stack), a secret, backups beyond the size of the database, and logs.
 */
export class SecureDatabaseCluster extends rds.DatabaseCluster {
  /**
   * @throws Error when a property weakens a claim without an opt-out, when the engine has no version, when the VPC has public subnets only, or
   * when a secondary cluster is given credentials or a database.
   */
  constructor(scope: Construct, id: string, props: SecureDatabaseClusterProps) {
    const path = `${scope.node.path}/${id}`;
    const vpc = vpcOf(props);
    const subnets = props.vpcSubnets ?? (vpc && privateSubnets(vpc));
    if (vpc && !props.subnetGroup && !props.instanceProps?.vpcSubnets && !subnets) requirePrivateSubnets('SecureDatabaseCluster', path, vpc);
    if (!props.parameterGroup) requireVersion('SecureDatabaseCluster', path, props.engine, 'DatabaseClusterEngine.auroraPostgres({ version: AuroraPostgresEngineVersion.VER_17_5 })');
    if (props.secondaryOf !== undefined) refuseOfSecondary(path, props);
    const own = !props.writer && !props.instanceProps && !isLimitless(props);
    const secure = hardened(databaseClusterHardening, scope, id, own ? withWriter(props, zonesOf(props, subnets)) : props);
    // CDK sets the retention of logs with a function that may change every log group of the account; ours are made by this construct.
    super(scope, id, { ...secure, cloudwatchLogsRetention: undefined });
    const resource = this.node.defaultChild as rds.CfnDBCluster;
    if (props.secondaryOf !== undefined) this.follow(resource, props.secondaryOf);
    addInsights(this, secure);
    exportClusterLogs(this, secure, props.optOuts);
    const alone = { includeResourceTypes: [rds.CfnDBCluster.CFN_RESOURCE_TYPE_NAME] };
    if (props.inRecoveryPlan ?? d.backup.value) Tags.of(this).add(BACKUP_TAG, BACKUP_TAG_VALUE, alone);
    const instances = instancesOf(this);
    uphold(this, 'SecureDatabaseCluster', props.optOuts?.filter((optOut) => !ofLogGroup(optOut)), [
      { resource, upheld: [...clusterClaims(this, props, secure, instances.length), ...masterClaims(this, props)] },
      ...ofInstances(instances.map((instance) => ({ resource: instance, upheld: instanceClaims(props, instance) }))),
      ...tlsClaim(this, props),
    ]);
  }

  /**
   * Makes this cluster the primary of an Aurora global database, which secondary clusters in other regions can join (`secondaryOf`).
   *
   * @param identifier the identifier of the global database
   * @throws Error when Aurora manages the master password, which it does not for global databases.
   */
  public addGlobalDatabase(identifier: string): rds.CfnGlobalCluster {
    if ((this.node.defaultChild as rds.CfnDBCluster).manageMasterUserPassword) {
      throw new Error(`SecureDatabaseCluster at ${this.node.path}: Aurora manages no password of a global database; give credentials: rds.Credentials.fromGeneratedSecret('…'), and call addRotationSingleUser()`);
    }
    // Engine, version and encryption are those of the source; Aurora refuses them here.
    const global = new rds.CfnGlobalCluster(this, 'GlobalDatabase', {
      globalClusterIdentifier: identifier, sourceDbClusterIdentifier: this.clusterIdentifier, deletionProtection: g.deletionProtection.value,
    });
    uphold(global, 'SecureDatabaseCluster', undefined, [{ resource: global, upheld: [{ by: g.deletionProtection }] }]);
    return global;
  }

  /** What the primary has and a secondary must not say. CDK was told of a password that Aurora manages, lest it makes a secret that nobody needs. */
  private follow(resource: rds.CfnDBCluster, globalDatabase: string): void {
    resource.globalClusterIdentifier = globalDatabase;
    resource.masterUsername = undefined;
    resource.manageMasterUserPassword = undefined;
    resource.masterUserSecret = undefined;
    Object.assign(this, { secret: undefined });
  }
}

function refuseOfSecondary(path: string, { credentials, defaultDatabaseName, manageMasterUserPassword }: SecureDatabaseClusterProps): void {
  const given = Object.entries({ credentials, defaultDatabaseName, manageMasterUserPassword }).find(([, value]) => value !== undefined);
  if (given) throw new Error(`SecureDatabaseCluster at ${path}: ${given[0]} is a matter of the primary of the global database; leave it out, or secondaryOf`);
}

function isLimitless({ clusterScalabilityType: type, clusterScailabilityType: misspelt }: SecureDatabaseClusterProps): boolean {
  return type === rds.ClusterScalabilityType.LIMITLESS || misspelt === rds.ClusterScailabilityType.LIMITLESS;
}

/** A small writer, in the first of the zones so that its reader can lie in another. */
function withWriter(props: SecureDatabaseClusterProps, [availabilityZone]: readonly string[]): SecureDatabaseClusterProps {
  const writer = rds.ClusterInstance.serverlessV2('Writer', { availabilityZone, caCertificate: rds.CaCertificate.RDS_CA_RSA2048_G1 });
  return { ...props, writer };
}

function clusterClaims(cluster: SecureDatabaseCluster, props: SecureDatabaseClusterProps, secure: rds.DatabaseClusterProps, instances: number): Upheld[] {
  const { subnetGroup, vpcSubnets } = props;
  const { iam } = engineSettings(props.engine.engineType);
  const kept = props.backup?.retention;
  const key = secure.storageEncryptionKey;
  const plain = isOff(props.storageEncrypted) && !props.storageEncryptionKey;
  const { performanceInsightsEnabled: insights } = cluster.node.defaultChild as rds.CfnDBCluster;
  return [
    { by: d.storageEncrypted, weakened: plain && 'storageEncrypted: false' },
    // Nothing here knows whose key it is when it comes from elsewhere; without encryption there is no key.
    ...!key || !isOwnKey(key) ? [] : [{ by: d.storageEncryptionKey }],
    // The subnets of a group or a VPC from elsewhere cannot be seen.
    ...subnetGroup || !Resource.isOwnedResource(cluster.vpc) ? [] : [{ by: d.vpcSubnets, weakened: vpcSubnets !== undefined && cluster.vpc.selectSubnets(vpcSubnets).hasPublic && 'vpcSubnets with public subnets' }],
    ...securityGroupClaims(d, (props.securityGroups ?? props.instanceProps?.securityGroups) !== undefined, props),
    // Aurora Limitless makes its instances itself.
    ...instances > 0 ? [{ by: d.readers, weakened: instances < 2 && (props.readers ? 'readers: []' : 'instances: 1') }] : [],
    ...Object.entries(d.backupRetentionDays.least).map(([rule, days]) => ({ by: d.backupRetentionDays, rule, weakened: isShorter(kept, days) && `backup: { retention: ${kept?.toHumanString()} }` })),
    { by: d.copyTagsToSnapshot, weakened: isOff(props.copyTagsToSnapshot) && 'copyTagsToSnapshot: false' },
    { by: d.deletionProtection, weakened: isOff(props.deletionProtection) && 'deletionProtection: false' },
    ...iam ? [{ by: d.iamAuthentication, weakened: isOff(props.iamAuthentication) && 'iamAuthentication: false' }] : [],
    { by: d.cloudwatchLogsExports, weakened: props.cloudwatchLogsExports?.length === 0 && 'cloudwatchLogsExports: []' },
    ...auditClaim(cluster, props),
    ...insights || isOff(props.enablePerformanceInsights) ? [{ by: d.performanceInsights, weakened: !insights && 'enablePerformanceInsights: false' }] : [],
    { by: d.autoMinorVersionUpgrade, weakened: isOff(props.autoMinorVersionUpgrade) && 'autoMinorVersionUpgrade: false' },
  ];
}

/** Replicas and secondary clusters have the users of their source. */
function masterClaims(cluster: SecureDatabaseCluster, props: SecureDatabaseClusterProps): Upheld[] {
  const { credentials, manageMasterUserPassword } = props;
  if (props.replicationSourceIdentifier !== undefined || props.secondaryOf !== undefined) return [];
  const username = credentials?.username ?? d.masterUsername.value;
  return [
    { by: d.manageMasterUserPassword, weakened: !manageMasterUserPassword && isPlainPassword(cluster, credentials) && 'credentials with a password' },
    // A name from a secret cannot be seen.
    ...Token.isUnresolved(username) ? [] : [{ by: d.masterUsername, weakened: isUsualName(username) && `credentials of ${username}` }],
  ];
}

function instanceClaims({ monitoringInterval }: SecureDatabaseClusterProps, instance: rds.CfnDBInstance): Upheld[] {
  const { publiclyAccessible: open, caCertificateIdentifier: ca } = instance;
  return [
    { by: i.publiclyAccessible, weakened: open === true && 'publiclyAccessible: true' },
    { by: i.monitoringIntervalSeconds, weakened: monitoringInterval?.toSeconds() === 0 && 'monitoringInterval: 0' },
    { by: i.caCertificate, weakened: ca !== undefined && /^rds-ca-20(10|15|19)$/.test(ca) && `caCertificate: ${ca}` },
  ];
}

/** An opt-out is of a rule, wherever the construct claims it: an instance that is sound does not claim what another one gives up. */
function ofInstances(upholdings: readonly Upholding[]): Upholding[] {
  const givenUp = new Set(upholdings.flatMap(({ upheld }) => upheld.filter(({ weakened }) => weakened)).map(({ by }) => by));
  return upholdings.map(({ resource, upheld }) => ({ resource, upheld: upheld.filter(({ by, weakened }) => weakened || !givenUp.has(by)) }));
}

function groupOf(cluster: SecureDatabaseCluster, { parameterGroup }: SecureDatabaseClusterProps): rds.CfnDBClusterParameterGroup | undefined {
  const holder = parameterGroup ?? cluster.node.tryFindChild('ParameterGroup');
  return holder?.node.findAll().find((child): child is rds.CfnDBClusterParameterGroup => rds.CfnDBClusterParameterGroup.isCfnDBClusterParameterGroup(child));
}

function parameterIn(cluster: SecureDatabaseCluster, group: rds.CfnDBClusterParameterGroup, name: string): unknown {
  return (cluster.stack.resolve(group.parameters) as Record<string, unknown> | undefined)?.[name];
}

/** Aurora MySQL has an audit log of its own, which a parameter turns on. A parameter group from elsewhere cannot be seen. */
function auditClaim(cluster: SecureDatabaseCluster, props: SecureDatabaseClusterProps): Upheld[] {
  const group = groupOf(cluster, props);
  if (!group || props.engine.engineType !== 'aurora-mysql') return [];
  const value = parameterIn(cluster, group, 'server_audit_logging');
  const off = value === undefined || (typeof value === 'string' && !isParameterOn(value));
  const exported = !props.cloudwatchLogsExports || props.cloudwatchLogsExports.includes('audit');
  return [{ by: d.auditLog, weakened: exported ? off && `server_audit_logging: ${value ?? 'absent'}` : 'cloudwatchLogsExports without audit' }];
}

/** The parameter group holds the claim. One that comes from elsewhere cannot be seen. */
function tlsClaim(cluster: SecureDatabaseCluster, props: SecureDatabaseClusterProps): Upholding[] {
  const { tlsParameter } = engineSettings(props.engine.engineType);
  const group = groupOf(cluster, props);
  if (!group || tlsParameter === undefined) return [];
  const value = parameterIn(cluster, group, tlsParameter);
  const off = value === undefined ? !forcesTls(props.engine) : typeof value === 'string' && !isParameterOn(value);
  return [{ resource: group, upheld: [{ by: d.tlsRequired, weakened: off && `${tlsParameter}: ${value ?? 'absent'}` }] }];
}

/** Aurora PostgreSQL forces TLS from version 17 when the parameter is absent. */
function forcesTls({ engineType, engineVersion }: rds.IClusterEngine): boolean {
  return engineType === 'aurora-postgresql' && Number(engineVersion?.majorVersion) >= 17;
}
