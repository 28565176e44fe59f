import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as rds from 'aws-cdk-lib/aws-rds';
import { OptOut } from '../../declarations/opt-out';
import { clusterInstanceDefaults as i, databaseClusterDefaults as d } from '../../defaults/database-cluster';
import { tagForBackup } from '../support/backup-tag';
import { asKey, bringsPassword, managedCredentials } from '../support/database-credentials';
import { engineSettings, hasInsights, parametersOf } from '../support/database-engine';
import { identifierOf, makeLogGroups } from '../support/database-logs';
import { isNameable, keyOf, nameable, saysEncryption } from '../support/database-plain';
import { databaseSecurityGroup } from '../support/database-security-group';
import { Standby } from '../support/database-standby';
import { dataSubnets } from '../support/database-subnets';
import { Hardening, isHardened } from '../support/hardening';

/** Secure properties of an Aurora cluster. What would replace a plain one that is deployed stays as it is, see `databaseInstanceHardening`. */
export const databaseClusterHardening: Hardening<rds.DatabaseClusterProps> = {
  injectionId: rds.DatabaseCluster.PROPERTY_INJECTION_ID,
  harden: (scope, id, props) => {
    const plain = !isHardened(scope, id);
    const key = keyOf(scope, plain, props);
    // The users of a replica are those of its source.
    const managed = props.manageMasterUserPassword ?? (!plain && props.replicationSourceIdentifier === undefined && !bringsPassword(props.credentials));
    const groups = props.securityGroups ?? props.instanceProps?.securityGroups;
    const vpc = vpcOf(props);
    const own = plain || groups || !vpc ? undefined : databaseSecurityGroup(scope, id, vpc, props);
    const secure: rds.DatabaseClusterProps = {
      ...ofCluster(props, plain, key),
      storageEncrypted: props.storageEncrypted ?? d.storageEncrypted.value,
      storageEncryptionKey: key,
      ...own && { securityGroups: [own] },
      manageMasterUserPassword: managed,
      credentials: managed && !plain ? managedCredentials(props.credentials, d.masterUsername.value, key) : props.credentials,
    };
    if (!saysEncryption(props)) nameable(secure);
    return secure;
  },
  complete: (made, secure) => completeCluster(made as rds.DatabaseCluster, secure),
};

/** Secure properties of a cluster that is restored, whose encryption and master user are those of the snapshot. */
export const restoredClusterHardening: Hardening<rds.DatabaseClusterFromSnapshotProps> = {
  injectionId: rds.DatabaseClusterFromSnapshot.PROPERTY_INJECTION_ID,
  harden: (_scope, _id, props) => ofCluster(props, true, undefined),
  complete: (made, secure) => completeCluster(made as rds.DatabaseClusterFromSnapshot, secure),
};

type Props = rds.DatabaseClusterProps | rds.DatabaseClusterFromSnapshotProps;

function ofCluster<P extends Props>(props: P, plain: boolean, key: kms.IKeyRef | undefined): P {
  const { engine } = props;
  const settings = engineSettings(engine.engineType);
  const vpc = vpcOf(props);
  const vpcSubnets = props.vpcSubnets ?? (props.subnetGroup || props.instanceProps?.vpcSubnets || !vpc ? undefined : dataSubnets(vpc, plain));
  const { enablePerformanceInsights, performanceInsightRetention, databaseInsightsMode } = props;
  const insights = enablePerformanceInsights || performanceInsightRetention !== undefined || databaseInsightsMode === rds.DatabaseInsightsMode.ADVANCED;
  return {
    // CDK warns of old properties even when they are undefined.
    ...Object.fromEntries(Object.entries(props).filter(([, value]) => value !== undefined)) as unknown as P,
    vpcSubnets,
    readers: props.readers ?? (props.writer ? [new Standby(props.writer, zonesOf(props, vpcSubnets))] : undefined),
    backup: props.backup ?? { retention: Duration.days(d.backupRetentionDays.value) },
    deleteAutomatedBackups: props.deleteAutomatedBackups ?? d.deleteAutomatedBackups.value,
    copyTagsToSnapshot: props.copyTagsToSnapshot ?? d.copyTagsToSnapshot.value,
    deletionProtection: props.deletionProtection ?? d.deletionProtection.value,
    removalPolicy: props.removalPolicy ?? RemovalPolicy.SNAPSHOT,
    iamAuthentication: props.iamAuthentication ?? (settings.iam ? d.iamAuthentication.value : undefined),
    // Without a version there is no family that a parameter group could be of.
    parameters: props.parameterGroup || !engine.parameterGroupFamily ? props.parameters : parametersOf(engine, props.parameters),
    cloudwatchLogsExports: props.cloudwatchLogsExports ?? [...settings.logs],
    monitoringInterval: props.monitoringInterval ?? Duration.seconds(i.monitoringIntervalSeconds.value),
    // Of the cluster, so that it holds for instances that scaling adds.
    enableClusterLevelEnhancedMonitoring: props.enableClusterLevelEnhancedMonitoring ?? (plain && props.monitoringInterval ? undefined : true),
    // The key of insights that are on already cannot be changed.
    performanceInsightEncryptionKey: props.performanceInsightEncryptionKey ?? (insights && !plain ? asKey(key) : undefined),
    autoMinorVersionUpgrade: props.autoMinorVersionUpgrade ?? d.autoMinorVersionUpgrade.value,
  };
}

/** The VPC, also where it stands in the properties of instances, as it did before there were writers and readers. */
export function vpcOf({ vpc, instanceProps }: Props): ec2.IVpc | undefined {
  return vpc ?? instanceProps?.vpc;
}

/** The zones of the subnets of a cluster; those of a subnet group cannot be seen. */
export function zonesOf(props: Props, subnets: ec2.SubnetSelection | undefined): string[] {
  const vpc = vpcOf(props);
  return props.subnetGroup || !vpc || !subnets ? [] : [...new Set(vpc.selectSubnets(subnets).availabilityZones)];
}

type Cluster = rds.DatabaseCluster | rds.DatabaseClusterFromSnapshot;

function completeCluster(made: Cluster, secure: Props): void {
  tagForBackup(made);
  addInsights(made, secure);
  // An explicit retention has made CDK add a function that sets it, and refers to the groups itself.
  const named = secure.clusterIdentifier !== undefined || isNameable(secure);
  if (named && secure.cloudwatchLogsRetention === undefined) exportClusterLogs(made, secure);
}

/** The instances of a cluster; there are none of Aurora Limitless, which makes them itself. */
export function instancesOf(cluster: Cluster): rds.CfnDBInstance[] {
  return cluster.node.findAll().filter((node): node is rds.CfnDBInstance => rds.CfnDBInstance.isCfnDBInstance(node));
}

/**
 * Turns Performance Insights on for a cluster that says nothing of it, where Aurora has it for all of its instances. The L2 would warn of instances
 * that do not ask for it themselves.
 */
export function addInsights(made: Cluster, props: Props): void {
  const { enablePerformanceInsights, performanceInsightRetention, performanceInsightEncryptionKey, databaseInsightsMode, storageEncryptionKey } = props;
  const said = [enablePerformanceInsights, performanceInsightRetention, performanceInsightEncryptionKey, databaseInsightsMode]
    .some((value) => value !== undefined);
  const instances = instancesOf(made);
  const refused = instances.some(({ dbInstanceClass }) => !hasInsights(props.engine.engineType, dbInstanceClass?.replace(/^db\./, '')));
  if (said || refused || instances.length === 0 || instances.some((one) => one.enablePerformanceInsights !== undefined)) return;
  const resource = made.node.defaultChild as rds.CfnDBCluster;
  resource.performanceInsightsEnabled = true;
  resource.performanceInsightsRetentionPeriod = rds.PerformanceInsightRetention.DEFAULT;
  resource.performanceInsightsKmsKeyId = storageEncryptionKey?.keyRef.keyArn;
}

/** Makes the log groups of a cluster, and fixes its identifier for them. */
export function exportClusterLogs(made: Cluster, props: Props, optOuts?: readonly OptOut[]): void {
  const { cloudwatchLogsExports: exported = [], cloudwatchLogsRetention: retention } = props;
  if (exported.length === 0) return;
  const resource = made.node.defaultChild as rds.CfnDBCluster;
  const identifier = props.clusterIdentifier ?? identifierOf(made);
  if (props.clusterIdentifier === undefined) resource.dbClusterIdentifier = identifier;
  Object.assign(made.cloudwatchLogGroups, makeLogGroups(made, resource, { folder: '/aws/rds/cluster', identifier, exported, retention, optOuts }));
}
