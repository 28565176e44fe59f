import { Token } from 'aws-cdk-lib';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { fargateServiceDefaults as d } from '../../defaults/fargate-service';
import { Hardening } from '../support/hardening';

const { ENABLED } = ecs.AvailabilityZoneRebalancing;

/**
 * Secure properties of a service on Fargate. How many tasks it has is left as it is: there may be a reason for one, and a number in the template undoes
 * at every deployment what scaling has done.
 */
export const fargateServiceHardening: Hardening<ecs.FargateServiceProps> = {
  injectionId: ecs.FargateService.PROPERTY_INJECTION_ID,
  harden: (_scope, _id, props) => ({
    ...props,
    assignPublicIp: props.assignPublicIp ?? d.assignPublicIp.value,
    platformVersion: props.platformVersion ?? (isOnFargate(props) ? ecs.FargatePlatformVersion.LATEST : undefined),
    minHealthyPercent: props.minHealthyPercent ?? (grows(props) ? d.minHealthyPercent.value : undefined),
    circuitBreaker: breaks(props) ? { enable: props.circuitBreaker?.enable ?? true, rollback: props.circuitBreaker?.rollback ?? true } : props.circuitBreaker,
    availabilityZoneRebalancing: props.availabilityZoneRebalancing ?? (isRolledOut(props) && grows(props) ? ENABLED : undefined),
  }),
};

/** A deployment at full capacity, and moving a task to another zone, have to start more tasks than wanted. */
export function grows({ maxHealthyPercent }: ecs.FargateServiceProps): boolean {
  return maxHealthyPercent === undefined || Token.isUnresolved(maxHealthyPercent) || maxHealthyPercent > 100;
}

/** Capacity providers may be of other kinds, which know no platform version, and a controller of one's own says where tasks run. */
export function isOnFargate({ capacityProviderStrategies, deploymentController }: ecs.FargateServiceProps): boolean {
  return capacityProviderStrategies === undefined && deploymentController?.type !== ecs.DeploymentControllerType.EXTERNAL;
}

/** True when ECS itself deploys the service. */
export function isRolledOut({ deploymentController }: ecs.FargateServiceProps): boolean {
  return (deploymentController?.type ?? ecs.DeploymentControllerType.ECS) === ecs.DeploymentControllerType.ECS;
}

/** Amazon ECS developer guide, "Amazon ECS deployment failure detection": rolling updates, and blue/green deployments by ECS itself. */
export function breaks(props: ecs.FargateServiceProps): boolean {
  const { ROLLING, BLUE_GREEN } = ecs.DeploymentStrategy;
  return isRolledOut(props) && [ROLLING, BLUE_GREEN].includes(props.deploymentStrategy ?? ROLLING);
}
