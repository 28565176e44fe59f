import { Annotations, Duration, RemovalPolicy } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as rds from 'aws-cdk-lib/aws-rds';
import { Construct } from 'constructs';
import { OptOut } from '../../declarations/opt-out';
import { databaseDefaults as d } from '../../defaults/database';
import { tagForBackup } from '../support/backup-tag';
import { bringsPassword, managedCredentials } from '../support/database-credentials';
import { EngineSettings, engineSettings, hasInsights, parametersOf } from '../support/database-engine';
import { identifierOf, makeLogGroups } from '../support/database-logs';
import { isNameable, keyOf, nameable, saysEncryption } from '../support/database-plain';
import { databaseSecurityGroup } from '../support/database-security-group';
import { dataSubnets } from '../support/database-subnets';
import { Hardening, isHardened } from '../support/hardening';

/**
 * Secure properties of a database instance.
 *
 * A plain one may be deployed already, and CloudFormation puts an empty database in the place of one whose key, identifier or master user changes.
 * So a plain one keeps its master user, whose secret may be rotated by CDK, and one that says how it is encrypted keeps all of them. One that says
 * nothing has no encryption, which is not to be had without a new database. It also keeps its security group: stacks that were deployed before may
 * import it, and it may call what nobody sees here, such as a Lambda function or another database.
 */
export const databaseInstanceHardening: Hardening<rds.DatabaseInstanceProps> = {
  injectionId: rds.DatabaseInstance.PROPERTY_INJECTION_ID,
  harden: (scope, id, props) => {
    const plain = !isHardened(scope, id);
    const key = keyOf(scope, plain, props);
    const managed = props.manageMasterUserPassword ?? (!plain && !bringsPassword(props.credentials));
    const own = plain || props.securityGroups ? undefined : databaseSecurityGroup(scope, id, props.vpc, props);
    const secure: rds.DatabaseInstanceProps = {
      ...ofSource(props, plain, key),
      storageEncrypted: props.storageEncrypted ?? d.storageEncrypted.value,
      storageEncryptionKey: key,
      securityGroups: props.securityGroups ?? (own && [own]),
      manageMasterUserPassword: managed,
      credentials: managed && !plain ? managedCredentials(props.credentials, d.masterUsername.value, key) : props.credentials,
    };
    if (!saysEncryption(props)) nameable(secure);
    return secure;
  },
  complete: (made, secure) => {
    tagForBackup(made);
    completeLogs(made as rds.DatabaseInstance, secure);
  },
};

/** Secure properties of an instance that is restored, whose encryption and master user are those of the snapshot. */
export const restoredInstanceHardening: Hardening<rds.DatabaseInstanceFromSnapshotProps> = {
  injectionId: rds.DatabaseInstanceFromSnapshot.PROPERTY_INJECTION_ID,
  harden: (_scope, _id, props) => ofSource(props, true, undefined),
  complete: (made, secure) => {
    tagForBackup(made);
    completeLogs(made as rds.DatabaseInstanceFromSnapshot, secure);
  },
};

/** Engines whose replicas can have a standby (Amazon RDS user guide, "Working with DB instance read replicas"). */
const STANDBY_OF_REPLICA = /^(mysql|mariadb|postgres|oracle)/;

/**
 * Secure properties of a replica. Encryption, parameters and users are those of its source, from which it also can be restored, so that it needs
 * no backups of its own.
 */
export const replicaInstanceHardening: Hardening<rds.DatabaseInstanceReadReplicaProps> = {
  injectionId: rds.DatabaseInstanceReadReplica.PROPERTY_INJECTION_ID,
  harden: (scope, id, props) => {
    const engine = props.sourceDatabaseInstance.engine?.engineType;
    const { multiAz, ...settings } = engineSettings(engine);
    warnOfManagedPassword(scope, id, props.sourceDatabaseInstance);
    return ofInstance(props, true, engine, { ...settings, multiAz: multiAz && STANDBY_OF_REPLICA.test(engine ?? '') }, undefined);
  },
  complete: (made, secure) => completeLogs(made as rds.DatabaseInstanceReadReplica, secure),
};

/** Properties of an instance that has an engine of its own. */
function ofSource<P extends rds.DatabaseInstanceSourceProps>(props: P, plain: boolean, key: kms.IKeyRef | undefined): P {
  return {
    ...ofInstance(props, plain, props.engine.engineType, engineSettings(props.engine.engineType), key),
    backupRetention: props.backupRetention ?? Duration.days(d.backupRetentionDays.value),
    // Without a version there is no family that a parameter group could be of.
    parameters: props.parameterGroup || !props.engine.parameterGroupFamily ? props.parameters : parametersOf(props.engine, props.parameters),
  };
}

interface EveryProps extends rds.DatabaseInstanceNewProps {
  readonly instanceType?: ec2.InstanceType;
}

/** Properties of every instance. */
function ofInstance<P extends EveryProps>(props: P, plain: boolean, engine: string | undefined, settings: EngineSettings, key: kms.IKeyRef | undefined): P {
  return {
    ...props,
    ...insightsOf(props, plain, engine, key),
    publiclyAccessible: props.publiclyAccessible ?? d.publiclyAccessible.value,
    vpcSubnets: props.vpcSubnets ?? (props.subnetGroup || 'vpcPlacement' in props ? undefined : dataSubnets(props.vpc, plain)),
    // An instance with a standby cannot be bound to a zone.
    multiAz: props.multiAz ?? (settings.multiAz && props.availabilityZone === undefined ? d.multiAz.value : undefined),
    deleteAutomatedBackups: props.deleteAutomatedBackups ?? d.deleteAutomatedBackups.value,
    copyTagsToSnapshot: props.copyTagsToSnapshot ?? d.copyTagsToSnapshot.value,
    deletionProtection: props.deletionProtection ?? d.deletionProtection.value,
    removalPolicy: props.removalPolicy ?? RemovalPolicy.SNAPSHOT,
    iamAuthentication: props.iamAuthentication ?? (settings.iam ? d.iamAuthentication.value : undefined),
    cloudwatchLogsExports: props.cloudwatchLogsExports ?? [...settings.logs],
    monitoringInterval: props.monitoringInterval ?? Duration.seconds(d.monitoringIntervalSeconds.value),
    autoMinorVersionUpgrade: props.autoMinorVersionUpgrade ?? d.autoMinorVersionUpgrade.value,
    storageType: props.storageType ?? rds.StorageType.GP3,
    caCertificate: props.caCertificate ?? rds.CaCertificate.RDS_CA_RSA2048_G1,
  };
}

type Insights = Pick<rds.DatabaseInstanceNewProps, 'enablePerformanceInsights' | 'performanceInsightRetention' | 'performanceInsightEncryptionKey'>;

/** Insights for the days that are free, where RDS has them and nothing was said of them. Those of a plain one stay off: their key cannot be changed later. */
function insightsOf(props: EveryProps, plain: boolean, engine: string | undefined, key: kms.IKeyRef | undefined): Insights {
  const { enablePerformanceInsights: on, performanceInsightRetention: retention, performanceInsightEncryptionKey: given, databaseInsightsMode: mode } = props;
  const said = [on, retention, given, mode].some((value) => value !== undefined);
  if (!said && !plain && hasInsights(engine, props.instanceType)) {
    return { enablePerformanceInsights: true, performanceInsightRetention: rds.PerformanceInsightRetention.DEFAULT, performanceInsightEncryptionKey: key };
  }
  const asked = on || retention !== undefined || mode === rds.DatabaseInsightsMode.ADVANCED;
  // The key of insights that are on already cannot be changed.
  return { performanceInsightEncryptionKey: given ?? (asked && !plain ? key : undefined) };
}

type Instance = rds.DatabaseInstance | rds.DatabaseInstanceFromSnapshot | rds.DatabaseInstanceReadReplica;

function completeLogs(made: Instance, secure: rds.DatabaseInstanceNewProps): void {
  // An explicit retention has made CDK add a function that sets it, and refers to the groups itself.
  const named = secure.instanceIdentifier !== undefined || isNameable(secure);
  if (named && secure.cloudwatchLogsRetention === undefined) exportInstanceLogs(made, secure);
}

/** Makes the log groups of an instance, and fixes its identifier for them. */
export function exportInstanceLogs(made: Instance, props: rds.DatabaseInstanceNewProps, optOuts?: readonly OptOut[]): void {
  const { cloudwatchLogsExports: exported = [], cloudwatchLogsRetention: retention } = props;
  if (exported.length === 0) return;
  const resource = made.node.defaultChild as rds.CfnDBInstance;
  const identifier = props.instanceIdentifier ?? identifierOf(made);
  if (props.instanceIdentifier === undefined) resource.dbInstanceIdentifier = identifier;
  Object.assign(made.cloudwatchLogGroups, makeLogGroups(made, resource, { folder: '/aws/rds/instance', identifier, exported, retention, optOuts }));
}

/** RDS makes no replica of an instance whose password it manages, but for SQL Server. */
function warnOfManagedPassword(scope: Construct, id: string, source: rds.IDatabaseInstance): void {
  const { manageMasterUserPassword: managed } = (source.node.defaultChild ?? {}) as Partial<rds.CfnDBInstance>;
  if (!managed || source.engine?.engineType.startsWith('sqlserver')) return;
  Annotations.of(scope).addWarningV2('cdk-soc2:replicaOfManagedPassword',
    `RDS makes no read replica (${id}) of ${source.node.path}, whose password it manages; give the source credentials: rds.Credentials.fromGeneratedSecret('…')`);
}
