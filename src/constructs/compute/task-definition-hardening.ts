import * as ecs from 'aws-cdk-lib/aws-ecs';
import { Hardening } from '../support/hardening';

/** Secure properties of a task definition. CDK asks for them for those of Fargate, of EC2 and of others. */
export const taskDefinitionHardening: Hardening<ecs.CommonTaskDefinitionProps> = {
  injectionId: ecs.TaskDefinition.PROPERTY_INJECTION_ID,
  harden: (_scope, _id, props) => ({ ...props, volumes: props.volumes?.map(overTls) }),
  // Volumes that were added later.
  complete: (made) => {
    const { node, stack } = made as ecs.TaskDefinition;
    const cfn = node.defaultChild as ecs.CfnTaskDefinition;
    const volumes: ecs.CfnTaskDefinition.VolumeProperty[] = stack.resolve(cfn.volumes) ?? [];
    volumes.forEach(({ efsVolumeConfiguration: efs }, index) => {
      if (efs && !('transitEncryption' in efs)) cfn.addPropertyOverride(`Volumes.${index}.EFSVolumeConfiguration.TransitEncryption`, ENABLED);
    });
  },
};

const ENABLED = 'ENABLED';

/** A volume whose files travel encrypted, unless it says otherwise. */
export function overTls(volume: ecs.Volume): ecs.Volume {
  const efs = volume.efsVolumeConfiguration;
  return efs ? { ...volume, efsVolumeConfiguration: { ...efs, transitEncryption: efs.transitEncryption ?? ENABLED } } : volume;
}
