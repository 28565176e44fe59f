import { RemovalPolicy } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as efs from 'aws-cdk-lib/aws-efs';
import * as iam from 'aws-cdk-lib/aws-iam';
import { isOff } from '../../declarations/declare';
import { fileSystemDefaults as d, mountTargetDefaults } from '../../defaults/file-system';
import { EncryptionKey } from '../security/encryption-key';
import { dataSubnets } from '../support/database-subnets';
import { Hardening, isHardened } from '../support/hardening';

/** Secure properties of an EFS file system. */
export const fileSystemHardening: Hardening<efs.FileSystemProps> = {
  injectionId: efs.FileSystem.PROPERTY_INJECTION_ID,
  harden: (scope, id, props) => ({
    ...props,
    encrypted: props.encrypted ?? d.encrypted.value,
    kmsKey: props.kmsKey ?? (isOff(props.encrypted) ? undefined : EncryptionKey.shared(scope, 'data')),
    enableAutomaticBackups: props.enableAutomaticBackups ?? d.enableAutomaticBackups.value,
    lifecyclePolicy: props.lifecyclePolicy ?? efs.LifecyclePolicy.AFTER_30_DAYS,
    removalPolicy: props.removalPolicy ?? RemovalPolicy.RETAIN,
    fileSystemPolicy: props.fileSystemPolicy ?? (props.allowAnonymousAccess ? anyoneByMountTarget() : undefined),
    // The policy says it. What the L2 adds to deny anonymous access lets everyone who may read write as well, as root.
    allowAnonymousAccess: true,
    vpcSubnets: props.vpcSubnets ?? (props.oneZone ? undefined : closedSubnets(props.vpc, !isHardened(scope, id))),
    securityGroup: props.securityGroup ?? new ec2.SecurityGroup(scope, `${id}SecurityGroup`, {
      vpc: props.vpc,
      description: `mount targets of ${scope.node.path}/${id}`,
      allowAllOutbound: mountTargetDefaults.allowAllOutbound.value,
    }),
  }),
  /** With a policy that allows nobody, IAM lets clients in as the roles that were granted it; without a policy everyone would be let in. */
  complete: (made) => {
    (made as efs.FileSystem).addToResourcePolicy(new iam.PolicyStatement({
      effect: iam.Effect.DENY,
      principals: [new iam.AnyPrincipal()],
      actions: ['*'],
      conditions: { Bool: { 'aws:SecureTransport': 'false' } },
    }));
  },
};

function anyoneByMountTarget(): iam.PolicyDocument {
  return new iam.PolicyDocument({
    statements: [new iam.PolicyStatement({
      principals: [new iam.AnyPrincipal()],
      actions: ['elasticfilesystem:ClientMount', 'elasticfilesystem:ClientWrite', 'elasticfilesystem:ClientRootAccess'],
      conditions: { Bool: { 'elasticfilesystem:AccessedViaMountTarget': 'true' } },
    })],
  });
}

/** EFS takes one mount target in each zone: it refuses to put those of a plain one, which may be deployed already, into other subnets. */
function closedSubnets(vpc: ec2.IVpc, plain: boolean): ec2.SubnetSelection | undefined {
  const subnets = dataSubnets(vpc, plain);
  return subnets && { ...subnets, onePerAz: true };
}
