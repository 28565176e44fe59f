import { RemovalPolicy, Resource, Stack, Tags, Token } from 'aws-cdk-lib';
import * as efs from 'aws-cdk-lib/aws-efs';
import { Construct } from 'constructs';
import { fileSystemHardening } from './file-system-hardening';
import { isOff } from '../../declarations/declare';
import { OptOut } from '../../declarations/opt-out';
import { fileSystemDefaults as d, mountTargetDefaults as m } from '../../defaults/file-system';
import { BACKUP_TAG, BACKUP_TAG_VALUE } from '../support/backup-tag';
import { privateSubnets } from '../support/database-subnets';
import { hardened } from '../support/hardening';
import { isOwnKey } from '../support/key-policy';
import { Upheld, uphold } from '../support/uphold';

/** Properties of a `SecureFileSystem`. Those of `efs.FileSystem` keep their meaning; where they are left out, the secure default stands. */
export interface SecureFileSystemProps extends efs.FileSystemProps {
  /**
   * Claims that are given up, each with a reason.
   *
   * @default - none
   */
  readonly optOuts?: OptOut[];
  /**
   * Refuses clients that mount without TLS.
   *
   * Clients without TLS cannot say who they are, so `false` takes `allowAnonymousAccess: true` as well, or a policy of your own.
   *
   * @default true
   */
  readonly enforceSSL?: boolean;
  /**
   * Tags the file system `soc2:backup=true`, so that a `RecoveryPlan` backs it up, and turns the automatic backups of EFS off unless
   * `enableAutomaticBackups` says otherwise: nobody needs to pay for both.
   *
   * @default false - EFS backs it up every day, and keeps that for 35 days
   */
  readonly backup?: boolean;
}

/**
 * An EFS file system that is encrypted with a customer managed key, backed up every day, kept in several zones, and lets in clients over TLS that
 * were granted it: `grantRead()`, `grantReadWrite()`, `grantRootAccess()`.
 *
 * Clients mount with `-o tls,iam`. Mount targets lie in isolated subnets, else in private ones, and let in what
 * `connections.allowDefaultPortFrom()` names. A copy in another region is opt-in: `replicationConfiguration`.
 *
 * Supports CC6.1, CC6.3, CC6.6, CC6.7, CC7.5, A1.2 and C1.1. Billed: storage and its backups, reads from infrequent access, the shared key (1 USD a
 * month for the stack).
 */
export class SecureFileSystem extends efs.FileSystem {
  /**
   * @throws Error when a property weakens a claim without an opt-out, when the VPC has public subnets only, when clients without TLS would find
   * no way in, or when EFS would refuse the replication.
   */
  constructor(scope: Construct, id: string, props: SecureFileSystemProps) {
    refuseContradictions(scope, `${scope.node.path}/${id}`, props);
    const enableAutomaticBackups = props.enableAutomaticBackups ?? (props.backup ? false : undefined);
    const secure = hardened(fileSystemHardening, scope, id, { ...props, enableAutomaticBackups });
    super(scope, id, secure);
    if (!isOff(props.enforceSSL)) fileSystemHardening.complete!(this, secure);
    if (props.backup) Tags.of(this).add(BACKUP_TAG, BACKUP_TAG_VALUE, { includeResourceTypes: [efs.CfnFileSystem.CFN_RESOURCE_TYPE_NAME] });
    const targets = this.node.findAll().filter((node): node is efs.CfnMountTarget => efs.CfnMountTarget.isCfnMountTarget(node));
    const ofTarget = mountTargetClaims(props);
    uphold(this, 'SecureFileSystem', props.optOuts, [
      { resource: this.node.defaultChild as efs.CfnFileSystem, upheld: fileSystemClaims(props, secure) },
      ...targets.map((resource) => ({ resource, upheld: ofTarget })),
    ]);
  }
}

function fileSystemClaims(props: SecureFileSystemProps, { kmsKey, enableAutomaticBackups: automatic }: efs.FileSystemProps): Upheld[] {
  return [
    { by: d.encrypted, weakened: isOff(props.encrypted) && 'encrypted: false' },
    // Nothing here knows whose key it is when it comes from elsewhere; without encryption there is none.
    ...kmsKey && isOwnKey(kmsKey) ? [{ by: d.kmsKey }] : [],
    // A plan that takes it by its tag may be anywhere.
    ...props.backup && !automatic ? [] : [{ by: d.enableAutomaticBackups, rule: 'EFS.AutomaticBackups', weakened: isOff(automatic) && 'enableAutomaticBackups: false' }],
    ...automatic ? [{ by: d.enableAutomaticBackups, rule: 'Backup.StatefulResourceSelected' }] : [],
    { by: d.enforceSSL, weakened: isOff(props.enforceSSL) && 'enforceSSL: false' },
    { by: d.allowAnonymousAccess },
    { by: d.oneZone, weakened: Boolean(props.oneZone) && 'oneZone: true' },
    { by: d.removalPolicy, weakened: props.removalPolicy === RemovalPolicy.DESTROY && 'removalPolicy: DESTROY' },
  ];
}

/** What comes from elsewhere cannot be seen: subnets, security groups. */
function mountTargetClaims({ vpc, vpcSubnets, securityGroup, oneZone }: SecureFileSystemProps): Upheld[] {
  const open = (): boolean => vpcSubnets !== undefined && vpc.selectSubnets(vpcSubnets).hasPublic;
  return [
    ...Resource.isOwnedResource(vpc) && !oneZone ? [{ by: m.vpcSubnets, weakened: open() && 'vpcSubnets with public subnets' }] : [],
    ...securityGroup ? [] : [{ by: m.securityGroup }, { by: m.allowAllOutbound }],
  ];
}

function refuseContradictions(scope: Construct, path: string, props: SecureFileSystemProps): void {
  const refuse = (why: string): never => {
    throw new Error(`SecureFileSystem at ${path}: ${why}`);
  };
  const { vpc, vpcSubnets, oneZone, replicationConfiguration: copy } = props;
  if (!vpcSubnets && !oneZone && !privateSubnets(vpc)) {
    refuse('the VPC has neither isolated nor private subnets; add some, or give vpcSubnets');
  }
  if (isOff(props.enforceSSL) && !props.allowAnonymousAccess && !props.fileSystemPolicy) {
    refuse('enforceSSL: false lets in clients that cannot say who they are; leave it out, or give allowAnonymousAccess: true as well');
  }
  if (!copy) return;
  const [to, key] = [copy.region ?? Stack.of(scope).region, copy.kmsKey?.env.region];
  if (!copy._destinationFileSystemRef && key !== undefined && !Token.isUnresolved(to) && !Token.isUnresolved(key) && key !== to) {
    refuse(`the key of replicationConfiguration is in the region ${key}; it must be in ${to}, where the copy is`);
  }
  const target = copy._destinationFileSystemRef;
  const made = efs.CfnFileSystem.isCfnFileSystem(target) ? target : target?.node.defaultChild;
  if (efs.CfnFileSystem.isCfnFileSystem(made) && protectionOf(made) !== efs.ReplicationOverwriteProtection.DISABLED) {
    refuse(`EFS does not replicate to ${target!.node.path}, which is protected from that; give it replicationOverwriteProtection: DISABLED`);
  }
}

function protectionOf(fileSystem: efs.CfnFileSystem): string | undefined {
  return fileSystem.stack.resolve(fileSystem.fileSystemProtection)?.replicationOverwriteProtection;
}
