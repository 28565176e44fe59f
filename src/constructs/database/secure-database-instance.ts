import { Resource, Tags, Token } from 'aws-cdk-lib';
import * as rds from 'aws-cdk-lib/aws-rds';
import { Construct } from 'constructs';
import { databaseInstanceHardening, exportInstanceLogs } from './database-instance-hardening';
import { isOff } from '../../declarations/declare';
import { OptOut } from '../../declarations/opt-out';
import { databaseDefaults as d } from '../../defaults/database';
import { BACKUP_TAG, BACKUP_TAG_VALUE } from '../support/backup-tag';
import { isPlainPassword, isUsualName } from '../support/database-credentials';
import { EngineSettings, engineSettings, isParameterOn, requireVersion } from '../support/database-engine';
import { ofLogGroup } from '../support/database-logs';
import { securityGroupClaims } from '../support/database-security-group';
import { requirePrivateSubnets } from '../support/database-subnets';
import { isShorter } from '../support/duration';
import { hardened } from '../support/hardening';
import { isOwnKey } from '../support/key-policy';
import { Upheld, uphold, Upholding } from '../support/uphold';

/** Properties of a `SecureDatabaseInstance`. */
export interface SecureDatabaseInstanceProps extends rds.DatabaseInstanceProps {
  /**
   * Claims that are given up, each with a reason.
   *
   * @default - none
   */
  readonly optOuts?: OptOut[];
  /**
   * Tags the database `soc2:backup=true`, so that a `RecoveryPlan` backs it up.
   *
   * @default true
   */
  readonly backup?: boolean;
}

/**
 * An RDS database instance that is encrypted with a customer managed key, in two zones and private subnets, backed up for 35 days, protected
 * from deletion, and refuses connections without TLS.
 *
 * RDS itself keeps the master password in Secrets Manager and rotates it every seven days, so there is none in the template, and
 * `addRotationSingleUser()` cannot be used; `secret` is the secret that RDS made. The logs of the engine go to log groups of this construct,
 * which need a fixed instance identifier: it is made from the construct's path unless given. A change that would replace the instance
 * therefore fails, instead of putting an empty database in its place.
 *
 * Nobody may connect at first, `connections.allowDefaultPortFrom()` names who may. Nothing goes out either, unless the database was told of buckets to
 * load from or a directory: a database that calls others, a Lambda function for instance, needs `connections.allowTo()`.
 *
 * Supports CC6.1, CC6.2, CC6.6, CC6.7, CC7.1, CC7.2, CC7.3, CC7.5, CC9.1, A1.1, A1.2 and C1.1. Billed: a standby instance, the shared keys
 * (1 USD a month each for the stack), a secret, backups beyond the size of the database, and logs.
 */
export class SecureDatabaseInstance extends rds.DatabaseInstance {
  /**
   * @throws Error when a property weakens a claim without an opt-out, when the engine has no version, or when the VPC has public subnets only.
   */
  constructor(scope: Construct, id: string, props: SecureDatabaseInstanceProps) {
    const path = `${scope.node.path}/${id}`;
    if (!props.vpcSubnets && !props.subnetGroup) requirePrivateSubnets('SecureDatabaseInstance', path, props.vpc);
    if (!props.parameterGroup) requireVersion('SecureDatabaseInstance', path, props.engine, 'DatabaseInstanceEngine.postgres({ version: PostgresEngineVersion.VER_17 })');
    const secure = hardened(databaseInstanceHardening, scope, id, props);
    // CDK sets the retention of logs with a function that may change every log group of the account; ours are made by this construct.
    super(scope, id, { ...secure, cloudwatchLogsRetention: undefined });
    exportInstanceLogs(this, secure, props.optOuts);
    if (props.backup ?? d.backup.value) Tags.of(this).add(BACKUP_TAG, BACKUP_TAG_VALUE, { includeResourceTypes: [rds.CfnDBInstance.CFN_RESOURCE_TYPE_NAME] });
    const settings = engineSettings(props.engine.engineType);
    const key = secure.storageEncryptionKey;
    uphold(this, 'SecureDatabaseInstance', props.optOuts?.filter((optOut) => !ofLogGroup(optOut)), [
      { resource: this.node.defaultChild as rds.CfnDBInstance, upheld: instanceClaims(this, props, settings, key !== undefined && !isOwnKey(key)) },
      ...tlsClaim(this, props, settings),
    ]);
  }
}

function instanceClaims(database: SecureDatabaseInstance, props: SecureDatabaseInstanceProps, { iam, multiAz }: EngineSettings, foreignKey: boolean): Upheld[] {
  const { backupRetention: kept, caCertificate: ca, credentials, vpc, vpcSubnets } = props;
  const username = credentials?.username ?? d.masterUsername.value;
  const least = d.backupRetentionDays.least;
  const { enablePerformanceInsights: insights } = database.node.defaultChild as rds.CfnDBInstance;
  const plain = isOff(props.storageEncrypted) && !props.storageEncryptionKey;
  const alone = isOff(props.multiAz) ? 'multiAz: false' : props.multiAz === undefined && props.availabilityZone !== undefined && 'availabilityZone';
  return [
    { by: d.storageEncrypted, weakened: plain && 'storageEncrypted: false' },
    // Nothing here knows whose key it is when it comes from elsewhere; without encryption there is no key.
    ...foreignKey || plain ? [] : [{ by: d.storageEncryptionKey }],
    { by: d.publiclyAccessible, weakened: Boolean(props.publiclyAccessible) && 'publiclyAccessible: true' },
    // The subnets of a group or a VPC from elsewhere cannot be seen.
    ...props.subnetGroup || !Resource.isOwnedResource(vpc) ? [] : [{ by: d.vpcSubnets, weakened: vpcSubnets !== undefined && vpc.selectSubnets(vpcSubnets).hasPublic && 'vpcSubnets with public subnets' }],
    ...securityGroupClaims(d, props.securityGroups !== undefined, props),
    ...multiAz || props.multiAz ? [{ by: d.multiAz, weakened: alone }] : [],
    ...Object.entries(least).map(([rule, days]) => ({ by: d.backupRetentionDays, rule, weakened: isShorter(kept, days) && `backupRetention: ${kept?.toHumanString()}` })),
    { by: d.copyTagsToSnapshot, weakened: isOff(props.copyTagsToSnapshot) && 'copyTagsToSnapshot: false' },
    { by: d.deletionProtection, weakened: isOff(props.deletionProtection) && 'deletionProtection: false' },
    ...iam ? [{ by: d.iamAuthentication, weakened: isOff(props.iamAuthentication) && 'iamAuthentication: false' }] : [],
    { by: d.manageMasterUserPassword, weakened: !props.manageMasterUserPassword && isPlainPassword(database, credentials) && 'credentials with a password' },
    // A name from a secret cannot be seen.
    ...Token.isUnresolved(username) ? [] : [{ by: d.masterUsername, weakened: isUsualName(username) && `credentials of ${username}` }],
    { by: d.cloudwatchLogsExports, weakened: props.cloudwatchLogsExports?.length === 0 && 'cloudwatchLogsExports: []' },
    { by: d.monitoringIntervalSeconds, weakened: props.monitoringInterval?.toSeconds() === 0 && 'monitoringInterval: 0' },
    ...insights || isOff(props.enablePerformanceInsights) ? [{ by: d.performanceInsights, weakened: !insights && 'enablePerformanceInsights: false' }] : [],
    { by: d.autoMinorVersionUpgrade, weakened: isOff(props.autoMinorVersionUpgrade) && 'autoMinorVersionUpgrade: false' },
    { by: d.caCertificate, weakened: ca !== undefined && /^rds-ca-20(10|15|19)$/.test(ca.toString()) && `caCertificate: ${ca}` },
  ];
}

/** The parameter group holds the claim. One that comes from elsewhere cannot be seen. */
function tlsClaim(database: SecureDatabaseInstance, props: SecureDatabaseInstanceProps, { tlsParameter }: EngineSettings): Upholding[] {
  if (tlsParameter === undefined) return [];
  const holder = props.parameterGroup ?? database.node.tryFindChild('ParameterGroup');
  const group = holder?.node.findAll().find((child): child is rds.CfnDBParameterGroup => rds.CfnDBParameterGroup.isCfnDBParameterGroup(child));
  if (!group) return [];
  const value = (database.stack.resolve(group.parameters) as Record<string, string> | undefined)?.[tlsParameter];
  const off = value === undefined ? !forcesTls(props.engine) : typeof value === 'string' && !isParameterOn(value);
  return [{ resource: group, upheld: [{ by: d.tlsRequired, weakened: off && `${tlsParameter}: ${value ?? 'absent'}` }] }];
}

/** RDS for PostgreSQL forces TLS from version 15 when the parameter is absent. */
function forcesTls({ engineType, engineVersion }: rds.IInstanceEngine): boolean {
  return engineType === 'postgres' && Number(engineVersion?.majorVersion) >= 15;
}
