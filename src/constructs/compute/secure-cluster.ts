import * as ecs from 'aws-cdk-lib/aws-ecs';
import { Construct } from 'constructs';
import { clusterHardening } from './cluster-hardening';
import { isOff } from '../../declarations/declare';
import { OptOut } from '../../declarations/opt-out';
import { ecsClusterDefaults as d } from '../../defaults/ecs-cluster';
import { hardened } from '../support/hardening';
import { uphold } from '../support/uphold';

/** Properties of a `SecureCluster`. Those of `ecs.Cluster` keep their meaning; where they are left out, the secure default stands. `vpc` is required. */
export interface SecureClusterProps extends ecs.ClusterProps {
  /**
   * Claims that are given up, each with a reason.
   *
   * @default - none
   */
  readonly optOuts?: OptOut[];
}

/**
 * An ECS cluster that records how its tasks are doing, logs the commands that people run in containers, and keeps the storage of tasks on Fargate
 * under a customer managed key.
 *
 * Nobody can run commands until a service says `enableExecuteCommand: true`. Who runs them needs `kms:GenerateDataKey` on the shared key of logs.
 *
 * Supports CC6.1, CC7.2 and A1.1. Billed: the shared keys of data and logs (1 USD a month each for the stack), the metrics of Container Insights by
 * task, and ingestion and storage of logs.
 */
export class SecureCluster extends ecs.Cluster {
  /** @throws Error when a property weakens a claim without an opt-out, or `vpc` is missing. */
  constructor(scope: Construct, id: string, props: SecureClusterProps) {
    if (!props.vpc) {
      throw new Error(`SecureCluster at ${scope.node.path}/${id}: vpc is missing, and CDK would make one without flow logs; give vpc`);
    }
    const secure = hardened(clusterHardening, scope, id, props);
    super(scope, id, secure);
    clusterHardening.complete!(this, secure);
    const { containerInsightsV2: insights, executeCommandConfiguration: commands } = secure;
    const blind = isOff(props.containerInsights) ? 'containerInsights: false' : insights === ecs.ContainerInsights.DISABLED && 'containerInsightsV2: disabled';
    uphold(this, 'SecureCluster', props.optOuts, [{
      resource: this.node.defaultChild as ecs.CfnCluster,
      upheld: [
        { by: d.containerInsights, weakened: blind },
        { by: d.executeCommandLogging, weakened: commands?.logging === ecs.ExecuteCommandLogging.NONE && 'executeCommandConfiguration: { logging: NONE }' },
      ],
    }]);
  }
}
