import { RemovalPolicy, Resource, Tags, Token } from 'aws-cdk-lib';
import * as docdb from 'aws-cdk-lib/aws-docdb';
import { Construct } from 'constructs';
import { documentClusterHardening, exportDocumentLogs } from './document-cluster-hardening';
import { isOff } from '../../declarations/declare';
import { OptOut } from '../../declarations/opt-out';
import { documentClusterDefaults as d, documentInstanceDefaults as i, documentParameterDefaults as p } from '../../defaults/document-cluster';
import { BACKUP_TAG, BACKUP_TAG_VALUE } from '../support/backup-tag';
import { ofLogGroup } from '../support/database-logs';
import { requirePrivateSubnets } from '../support/database-subnets';
import { isShorter } from '../support/duration';
import { hardened } from '../support/hardening';
import { isOwnKey } from '../support/key-policy';
import { Upheld, uphold, Upholding } from '../support/uphold';

/** Properties of a `SecureDocumentCluster`. Those of `docdb.DatabaseCluster` keep their meaning; where they are left out, the secure default stands. */
export interface SecureDocumentClusterProps extends docdb.DatabaseClusterProps {
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
}

/** The version of a cluster that names none: a group of parameters is of a version, and the audit log needs one. */
const VERSION = '5.0.0';

/**
 * An Amazon DocumentDB cluster that is encrypted with a customer managed key, has a replica to fail over to, lies in private subnets, is backed up for 35
 * days, protected from deletion, refuses connections without TLS, and logs who signed in and what they changed.
 *
 * Unless given, the version is 5.0.0. DocumentDB itself keeps the master password in Secrets Manager and rotates it every seven days, so there is none in
 * the template; CloudFormation does not tell the ARN of that secret, so `secret` is undefined and `addRotationSingleUser()` cannot be used. The log groups
 * of this construct need a fixed cluster identifier: it is made from the construct's path unless given. Nobody may connect at first,
 * `connections.allowDefaultPortFrom()` names who may.
 *
 * Supports CC6.1, CC6.2, CC6.6, CC6.7, CC7.2, CC7.3, CC7.5, CC9.1, A1.2 and C1.1. Billed: two instances, the shared keys (1 USD a month each for the
 * stack), a secret, backups beyond the size of the cluster, and logs.
 */
export class SecureDocumentCluster extends docdb.DatabaseCluster {
  /**
   * @throws Error when a property weakens a claim without an opt-out, when the version is not known and there is no parameter group, or when the VPC has
   * public subnets only.
   */
  constructor(scope: Construct, id: string, props: SecureDocumentClusterProps) {
    const path = `${scope.node.path}/${id}`;
    const { engineVersion = VERSION } = props;
    if (!props.vpcSubnets) requirePrivateSubnets('SecureDocumentCluster', path, props.vpc, 'vpcSubnets');
    if (!props.parameterGroup && Token.isUnresolved(engineVersion)) {
      throw new Error(`SecureDocumentCluster at ${path}: engineVersion is not known before deployment, and with it the family of the parameters; give parameterGroup`);
    }
    const secure = hardened(documentClusterHardening, scope, id, { ...props, engineVersion });
    // CDK sets the retention of logs with a function that may change every log group of the account; ours are made by this construct.
    super(scope, id, { ...secure, cloudWatchLogsRetention: undefined });
    exportDocumentLogs(this, secure, props.optOuts);
    const alone = { includeResourceTypes: [docdb.CfnDBCluster.CFN_RESOURCE_TYPE_NAME] };
    if (props.inRecoveryPlan ?? d.backup.value) Tags.of(this).add(BACKUP_TAG, BACKUP_TAG_VALUE, alone);
    const instances = this.node.findAll().filter((node): node is docdb.CfnDBInstance => docdb.CfnDBInstance.isCfnDBInstance(node));
    const expired = /^rds-ca-20(10|15|19)$/.test(props.caCertificate?.toString() ?? '') && `caCertificate: ${props.caCertificate}`;
    uphold(this, 'SecureDocumentCluster', props.optOuts?.filter((optOut) => !ofLogGroup(optOut)), [
      { resource: this.node.defaultChild as docdb.CfnDBCluster, upheld: [...clusterClaims(props, secure, instances.length), ...passwordClaim(this, secure)] },
      ...instances.map((resource) => ({ resource, upheld: [{ by: i.caCertificate, weakened: expired }] })),
      ...tlsClaim(secure),
    ]);
  }
}

function clusterClaims(props: SecureDocumentClusterProps, { kmsKey }: docdb.DatabaseClusterProps, instances: number): Upheld[] {
  const { vpc, vpcSubnets } = props;
  const kept = props.backup?.retention;
  const gone = props.removalPolicy === RemovalPolicy.DESTROY && isOff(props.deletionProtection);
  return [
    { by: d.storageEncrypted, weakened: isOff(props.storageEncrypted) && 'storageEncrypted: false' },
    // Nothing here knows whose key it is when it comes from elsewhere; without encryption there is no key.
    ...kmsKey && isOwnKey(kmsKey) ? [{ by: d.kmsKey }] : [],
    // The subnets of a VPC from elsewhere cannot be seen.
    ...Resource.isOwnedResource(vpc) ? [{ by: d.vpcSubnets, weakened: vpcSubnets !== undefined && vpc.selectSubnets(vpcSubnets).hasPublic && 'vpcSubnets with public subnets' }] : [],
    ...props.securityGroup ? [] : [{ by: d.securityGroup }, { by: d.egress }],
    // The instances of a serverless cluster are made elsewhere.
    ...instances > 0 ? [{ by: d.instances, weakened: instances < d.instances.value && `instances: ${instances}` }] : [],
    { by: d.backupRetentionDays, weakened: isShorter(kept, d.backupRetentionDays.least['DocDB.BackupRetention']) && `backup: { retention: ${kept?.toHumanString()} }` },
    { by: d.deletionProtection, weakened: isOff(props.deletionProtection) && 'deletionProtection: false' },
    { by: d.exportAuditLogs, weakened: isOff(props.exportAuditLogsToCloudWatch) && 'exportAuditLogsToCloudWatch: false' },
    { by: d.removalPolicy, weakened: gone && 'removalPolicy: DESTROY' },
  ];
}

/** A password that DocumentDB keeps stands nowhere in the template, so there is nothing to prove. */
function passwordClaim({ stack }: SecureDocumentCluster, { masterUser, manageMasterUserPassword: managed }: docdb.DatabaseClusterProps): Upheld[] {
  const password: unknown = stack.resolve(masterUser.password?.unsafeUnwrap());
  const plain = typeof password === 'string' && !password.includes('{{resolve:');
  return managed ? [] : [{ by: d.manageMasterUserPassword, weakened: plain && 'masterUser with a password' }];
}

/** The parameter group holds the claim. One that comes from elsewhere cannot be seen. */
function tlsClaim({ parameterGroup }: docdb.DatabaseClusterProps): Upholding[] {
  const group = parameterGroup instanceof docdb.ClusterParameterGroup ? parameterGroup.node.defaultChild as docdb.CfnDBClusterParameterGroup : undefined;
  if (!group) return [];
  const { tls } = group.stack.resolve(group.parameters) as Record<string, unknown>;
  return [{ resource: group, upheld: [{ by: p.tls, weakened: tls === 'disabled' && 'tls: disabled' }] }];
}
