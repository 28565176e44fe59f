import { Duration, Names, RemovalPolicy, Resource, Tags, Token } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as rds from 'aws-cdk-lib/aws-rds';
import { Construct } from 'constructs';
import { isOff } from '../../declarations/declare';
import { OptOut } from '../../declarations/opt-out';
import { databaseDefaults as d } from '../../defaults/database';
import { SecureLogGroup } from '../logging/secure-log-group';
import { EncryptionKey } from '../security/encryption-key';
import { BACKUP_TAG, BACKUP_TAG_VALUE } from '../support/backup-tag';
import { EngineSettings, engineSettings, isParameterOn } from '../support/database-engine';
import { isShorter } from '../support/duration';
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
 * Supports CC6.1, CC6.2, CC6.6, CC6.7, CC7.1, CC7.2, CC7.3, CC7.5, CC9.1, A1.1, A1.2 and C1.1. Billed: a standby instance, the shared keys
 * (1 USD a month each for the stack), a secret, backups beyond the size of the database, and logs.
 */
export class SecureDatabaseInstance extends rds.DatabaseInstance {
  /**
   * @throws Error when a property weakens a claim without an opt-out, when the engine has no version, or when the VPC has public subnets only.
   */
  constructor(scope: Construct, id: string, props: SecureDatabaseInstanceProps) {
    const settings = engineSettings(props.engine.engineType);
    const path = `${scope.node.path}/${id}`;
    const encrypted = !isOff(props.storageEncrypted) || props.storageEncryptionKey !== undefined;
    const key = encrypted ? props.storageEncryptionKey ?? EncryptionKey.shared(scope, 'data') : undefined;
    const managed = props.manageMasterUserPassword ?? !bringsPassword(props.credentials);
    const insights = props.enablePerformanceInsights || props.performanceInsightRetention !== undefined;
    super(scope, id, {
      ...props,
      storageEncrypted: props.storageEncrypted ?? d.storageEncrypted.value,
      storageEncryptionKey: key,
      performanceInsightEncryptionKey: props.performanceInsightEncryptionKey ?? (insights ? key : undefined),
      publiclyAccessible: props.publiclyAccessible ?? d.publiclyAccessible.value,
      vpcSubnets: props.vpcSubnets ?? (props.subnetGroup ? undefined : privateSubnets(path, props.vpc)),
      multiAz: props.multiAz ?? (settings.multiAz ? d.multiAz.value : undefined),
      backupRetention: props.backupRetention ?? Duration.days(d.backupRetentionDays.value),
      deleteAutomatedBackups: props.deleteAutomatedBackups ?? d.deleteAutomatedBackups.value,
      copyTagsToSnapshot: props.copyTagsToSnapshot ?? d.copyTagsToSnapshot.value,
      deletionProtection: props.deletionProtection ?? d.deletionProtection.value,
      removalPolicy: props.removalPolicy ?? RemovalPolicy.SNAPSHOT,
      iamAuthentication: props.iamAuthentication ?? (settings.iam ? d.iamAuthentication.value : undefined),
      manageMasterUserPassword: managed,
      credentials: managed ? managedCredentials(props.credentials, key) : props.credentials,
      parameters: props.parameterGroup ? undefined : parametersOf(path, props, settings),
      cloudwatchLogsExports: props.cloudwatchLogsExports ?? [...settings.logs],
      // CDK sets the retention with a function that may change every log group of the account; ours are made by this construct.
      cloudwatchLogsRetention: undefined,
      monitoringInterval: props.monitoringInterval ?? Duration.seconds(d.monitoringIntervalSeconds.value),
      autoMinorVersionUpgrade: props.autoMinorVersionUpgrade ?? d.autoMinorVersionUpgrade.value,
      storageType: props.storageType ?? rds.StorageType.GP3,
      caCertificate: props.caCertificate ?? rds.CaCertificate.RDS_CA_RSA2048_G1,
    });
    const instance = this.node.defaultChild as rds.CfnDBInstance;
    this.makeLogGroups(instance, props, props.cloudwatchLogsExports ?? settings.logs);
    if (props.backup ?? d.backup.value) Tags.of(this).add(BACKUP_TAG, BACKUP_TAG_VALUE, { includeResourceTypes: [rds.CfnDBInstance.CFN_RESOURCE_TYPE_NAME] });
    uphold(this, 'SecureDatabaseInstance', props.optOuts?.filter(({ rule }) => !ofLogGroup(rule)), [
      { resource: instance, upheld: instanceClaims(this, props, settings, key !== undefined && !isOwnKey(key)) },
      ...tlsClaim(this, props, settings),
    ]);
  }

  /** RDS would make log groups without retention and key, so they have to be there before it; their names hold that of the instance. */
  private makeLogGroups(instance: rds.CfnDBInstance, props: SecureDatabaseInstanceProps, exported: readonly string[]): void {
    if (exported.length === 0) return;
    const name = props.instanceIdentifier ?? identifierOf(this);
    if (props.instanceIdentifier === undefined) instance.dbInstanceIdentifier = name;
    // A shorter retention is a matter of these groups, so the reasons for it go to them.
    const optOuts = props.optOuts?.filter(({ rule }) => ofLogGroup(rule));
    for (const log of exported) {
      // RDS spells the identifier in lower case whatever it was given.
      const lower = Token.isUnresolved(name) ? name : name.toLowerCase();
      const group = new SecureLogGroup(this, `Log${log}`, { logGroupName: `/aws/rds/instance/${lower}/${log}`, retention: props.cloudwatchLogsRetention, optOuts });
      instance.node.addDependency(group);
      this.cloudwatchLogGroups[log] = group;
    }
  }
}

function ofLogGroup(rule: string): boolean {
  return rule.startsWith('Logs.');
}

/** At most 63 letters, digits and single hyphens, beginning with a letter and not ending in a hyphen. */
function identifierOf(scope: Construct): string {
  return Names.uniqueResourceName(scope, { maxLength: 61, separator: '-' }).toLowerCase().replace(/^(?![a-z])/, 'db').replace(/-+/g, '-').replace(/-$/, '');
}

function privateSubnets(path: string, vpc: ec2.IVpc): ec2.SubnetSelection {
  if (vpc.isolatedSubnets.length > 0) return { subnetType: ec2.SubnetType.PRIVATE_ISOLATED };
  if (vpc.privateSubnets.length > 0) return { subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS };
  throw new Error(`SecureDatabaseInstance at ${path}: the VPC has neither isolated nor private subnets; add some, or give vpcSubnets or subnetGroup`);
}

/** Credentials that hold a password or a secret, or ask CDK to generate one: then RDS cannot manage it. */
function bringsPassword(credentials: rds.Credentials | undefined): boolean {
  return Boolean(credentials?.password ?? credentials?.secret ?? credentials?.secretName ?? credentials?.excludeCharacters ?? credentials?.replicaRegions)
    || Boolean(credentials?.usernameAsString);
}

function managedCredentials(given: rds.Credentials | undefined, key: kms.IKeyRef | undefined): rds.Credentials {
  return rds.Credentials.fromUsername(given?.username ?? d.masterUsername.value, {
    encryptionKey: given?.encryptionKey ?? (key && 'addToResourcePolicy' in key ? key as kms.IKey : undefined),
  });
}

function parametersOf(path: string, props: SecureDatabaseInstanceProps, { tlsParameter, parameters }: EngineSettings): Record<string, string> | undefined {
  const all = { ...parameters, ...tlsParameter !== undefined && { [tlsParameter]: '1' }, ...props.parameters };
  if (Object.keys(all).length === 0) return undefined;
  if (!props.engine.parameterGroupFamily) {
    throw new Error(`SecureDatabaseInstance at ${path}: an engine without a version has no parameter group, which TLS needs; name one, e.g. DatabaseInstanceEngine.postgres({ version: PostgresEngineVersion.VER_17 })`);
  }
  return all;
}

const USUAL_NAME = /^(admin|postgres|administrator|root|sa|master)$/i;

/** A password that no secret of Secrets Manager holds. */
function isPlainPassword({ stack }: SecureDatabaseInstance, credentials: rds.Credentials | undefined): boolean {
  return credentials?.password !== undefined && !JSON.stringify(stack.resolve(credentials.password.unsafeUnwrap())).includes('{{resolve:secretsmanager:');
}

function instanceClaims(database: SecureDatabaseInstance, props: SecureDatabaseInstanceProps, { iam, multiAz }: EngineSettings, foreignKey: boolean): Upheld[] {
  const { backupRetention: kept, credentials, vpc, vpcSubnets } = props;
  const username = credentials?.username ?? d.masterUsername.value;
  const least = d.backupRetentionDays.least;
  const plain = isOff(props.storageEncrypted) && !props.storageEncryptionKey;
  return [
    { by: d.storageEncrypted, weakened: plain && 'storageEncrypted: false' },
    // Nothing here knows whose key it is when it comes from elsewhere; without encryption there is no key.
    ...foreignKey || plain ? [] : [{ by: d.storageEncryptionKey }],
    { by: d.publiclyAccessible, weakened: Boolean(props.publiclyAccessible) && 'publiclyAccessible: true' },
    // The subnets of a group or a VPC from elsewhere cannot be seen.
    ...props.subnetGroup || !Resource.isOwnedResource(vpc) ? [] : [{ by: d.vpcSubnets, weakened: vpcSubnets !== undefined && vpc.selectSubnets(vpcSubnets).hasPublic && 'vpcSubnets with public subnets' }],
    ...multiAz || props.multiAz ? [{ by: d.multiAz, weakened: isOff(props.multiAz) && 'multiAz: false' }] : [],
    ...Object.entries(least).map(([rule, days]) => ({ by: d.backupRetentionDays, rule, weakened: isShorter(kept, days) && `backupRetention: ${kept?.toHumanString()}` })),
    { by: d.copyTagsToSnapshot, weakened: isOff(props.copyTagsToSnapshot) && 'copyTagsToSnapshot: false' },
    { by: d.deletionProtection, weakened: isOff(props.deletionProtection) && 'deletionProtection: false' },
    ...iam ? [{ by: d.iamAuthentication, weakened: isOff(props.iamAuthentication) && 'iamAuthentication: false' }] : [],
    { by: d.manageMasterUserPassword, weakened: !props.manageMasterUserPassword && isPlainPassword(database, credentials) && 'credentials with a password' },
    // A name from a secret cannot be seen.
    ...Token.isUnresolved(username) ? [] : [{ by: d.masterUsername, weakened: USUAL_NAME.test(username) && `credentials of ${username}` }],
    { by: d.cloudwatchLogsExports, weakened: props.cloudwatchLogsExports?.length === 0 && 'cloudwatchLogsExports: []' },
    { by: d.monitoringIntervalSeconds, weakened: props.monitoringInterval?.toSeconds() === 0 && 'monitoringInterval: 0' },
    { by: d.autoMinorVersionUpgrade, weakened: isOff(props.autoMinorVersionUpgrade) && 'autoMinorVersionUpgrade: false' },
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
