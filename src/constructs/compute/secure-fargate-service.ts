import { Annotations, Token } from 'aws-cdk-lib';
import { CfnScalableTarget } from 'aws-cdk-lib/aws-applicationautoscaling';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { Construct } from 'constructs';
import { breaks, fargateServiceHardening, grows, isOnFargate, isRolledOut } from './fargate-service-hardening';
import { isOff } from '../../declarations/declare';
import { OptOut } from '../../declarations/opt-out';
import { fargateServiceDefaults as d } from '../../defaults/fargate-service';
import { hardened } from '../support/hardening';
import { Upheld, uphold } from '../support/uphold';

/** Properties of a `SecureFargateService`. Those of `ecs.FargateService` keep their meaning; where they are left out, the secure default stands. */
export interface SecureFargateServiceProps extends ecs.FargateServiceProps {
  /**
   * Claims that are given up, each with a reason.
   *
   * @default - none
   */
  readonly optOuts?: OptOut[];
  /**
   * The number of tasks follows their use of processors, between `minTaskCount` and `maxTaskCount`.
   *
   * With it the template says no `desiredCount` unless it is given, because every deployment would set it again and undo the scaling.
   *
   * @default true
   */
  readonly autoScaling?: boolean;
  /**
   * The least number of tasks when the service scales.
   *
   * @default 2
   */
  readonly minTaskCount?: number;
  /**
   * The greatest number of tasks when the service scales.
   *
   * @default 10
   */
  readonly maxTaskCount?: number;
}

/**
 * An ECS service on Fargate whose tasks have no public address, which scales between 2 and 10 tasks, deploys without loss of capacity, and takes back
 * a deployment that fails.
 *
 * Take a `SecureFargateTaskDefinition` for its tasks, and a `SecureCluster` to run it on. The tasks lie in the private subnets of the cluster's VPC.
 *
 * Supports CC6.1, CC6.6, CC7.1, CC8.1, A1.1 and A1.2. Billed: two tasks, up to ten under load, and two alarms that scaling makes (0.10 USD a month
 * each).
 */
export class SecureFargateService extends ecs.FargateService {
  /** The scaling of the number of tasks, to which more policies can be added. Undefined with `autoScaling: false`. */
  public readonly scaling?: ecs.ScalableTaskCount;

  /**
   * @throws Error when a property weakens a claim without an opt-out, e.g. `assignPublicIp: true`, or when `minTaskCount` is above `maxTaskCount`, or
   * either is given beside `autoScaling: false` or is no whole number.
   */
  constructor(scope: Construct, id: string, props: SecureFargateServiceProps) {
    const scales = !isOff(props.autoScaling);
    const [min, max] = [props.minTaskCount ?? d.minTaskCount.value, props.maxTaskCount ?? Math.max(d.maxTaskCount.value, props.minTaskCount ?? 0)];
    refuseContradictions(`SecureFargateService at ${scope.node.path}/${id}`, props, min, max);
    const desiredCount = props.desiredCount ?? (scales ? undefined : d.minTaskCount.value);
    const secure = hardened(fargateServiceHardening, scope, id, { ...props, desiredCount });
    super(scope, id, secure);
    if (scales) {
      this.scaling = this.autoScaleTaskCount({ minCapacity: min, maxCapacity: max });
      this.scaling.scaleOnCpuUtilization('Cpu', { targetUtilizationPercent: d.cpuPercent.value });
    }
    if (props.enableExecuteCommand) warnOfReadonlyContainers(this, props.taskDefinition);
    const target = this.scaling?.node.findAll().find((child): child is CfnScalableTarget => CfnScalableTarget.isCfnScalableTarget(child));
    uphold(this, 'SecureFargateService', props.optOuts, [
      { resource: this.node.defaultChild as ecs.CfnService, upheld: serviceClaims(props, secure, scales ? min : undefined) },
      ...target ? [{ resource: target, upheld: [{ by: d.autoScaling, rule: 'ApplicationAutoScaling.ScalingPolicy' }] }] : [],
    ]);
  }
}

function refuseContradictions(at: string, { autoScaling, minTaskCount, maxTaskCount }: SecureFargateServiceProps, min: number, max: number): void {
  if (isOff(autoScaling) && (minTaskCount ?? maxTaskCount) !== undefined) {
    const bound = minTaskCount === undefined ? 'maxTaskCount' : 'minTaskCount';
    throw new Error(`${at}: ${bound} bounds scaling, which autoScaling: false turns off; leave out one of them, or give desiredCount`);
  }
  for (const [name, count] of Object.entries({ minTaskCount, maxTaskCount })) {
    if (count !== undefined && !Token.isUnresolved(count) && !(Number.isInteger(count) && count >= 0)) {
      throw new Error(`${at}: ${name}: ${count} is no number of tasks; give a whole number`);
    }
  }
  if (!Token.isUnresolved(min) && !Token.isUnresolved(max) && min > max) {
    throw new Error(`${at}: minTaskCount: ${min} is above maxTaskCount: ${max}; lower the one or raise the other`);
  }
}

/** Where the agent of ECS Exec writes. */
const AGENT = /^\/(var(\/(lib|log)(\/amazon.*)?)?|managed-agents.*)?\/?$/;

/** A container, as CDK renders it. */
interface Container {
  readonly name: string;
  readonly readonlyRootFilesystem?: unknown;
  readonly mountPoints?: readonly { readonly containerPath?: string }[];
}

/** The agent that takes commands starts in no container that it cannot write in, which shows only to who wants to run one. */
function warnOfReadonlyContainers(service: ecs.FargateService, { node, stack }: ecs.TaskDefinition): void {
  const cfn = node.defaultChild as ecs.CfnTaskDefinition | undefined;
  const containers: readonly Container[] = stack.resolve(cfn?.containerDefinitions) ?? [];
  const closed = containers.filter(({ readonlyRootFilesystem, mountPoints = [] }) => (
    readonlyRootFilesystem === true && !mountPoints.some(({ containerPath = '' }) => AGENT.test(containerPath))));
  if (closed.length === 0) return;
  Annotations.of(service).addWarningV2('cdk-soc2:commandsInReadonlyContainers',
    `enableExecuteCommand: true has no effect in ${closed.map(({ name }) => name).join(', ')}, whose files are read-only; mount volumes at /managed-agents, /var/lib/amazon/ssm and `
    + '/var/log/amazon/ssm there, or give readonlyRootFilesystem: false');
}

function isFew(tasks: number): boolean {
  return !Token.isUnresolved(tasks) && tasks < d.minTaskCount.value;
}

/** What ECS, Fargate and the controller of deployments let a service be. */
function serviceClaims(props: SecureFargateServiceProps, secure: ecs.FargateServiceProps, least: number | undefined): Upheld[] {
  const { LATEST, VERSION1_4 } = ecs.FargatePlatformVersion;
  const { platformVersion: platform, circuitBreaker: breaker, availabilityZoneRebalancing: rebalancing, desiredCount } = secure;
  const { DISABLED } = ecs.AvailabilityZoneRebalancing;
  const fixed = !grows(props) && `maxHealthyPercent: ${props.maxHealthyPercent}`;
  const external = props.deploymentController?.type === ecs.DeploymentControllerType.EXTERNAL;
  const unbroken = isOff(breaker?.enable) ? 'enable' : isOff(breaker?.rollback) && 'rollback';
  return [
    // With a controller of one's own the network is that of its task sets.
    ...external ? [] : [{ by: d.assignPublicIp, weakened: Boolean(props.assignPublicIp) && 'assignPublicIp: true' }],
    // What a security group is that was given cannot be seen.
    ...external || props.securityGroups?.length ? [] : [{ by: d.securityGroups }],
    ...isOnFargate(props) ? [{ by: d.platformVersion, weakened: platform !== LATEST && platform !== VERSION1_4 && `platformVersion: ${platform}` }] : [],
    { by: d.autoScaling, rule: 'ECS.AutoScaling', weakened: least === undefined && 'autoScaling: false' },
    { by: d.minTaskCount, weakened: least === undefined ? isFew(desiredCount!) && `desiredCount: ${desiredCount}` : isFew(least) && `minTaskCount: ${least}` },
    ...breaks(props) ? [{ by: d.circuitBreaker, weakened: unbroken && `circuitBreaker: { ${unbroken}: false }` }] : [],
    ...isRolledOut(props) ? [{ by: d.availabilityZoneRebalancing, weakened: fixed || (rebalancing === DISABLED && 'availabilityZoneRebalancing: DISABLED') }] : [],
  ];
}
