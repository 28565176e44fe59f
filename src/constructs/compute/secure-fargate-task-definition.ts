import { Token } from 'aws-cdk-lib';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { Construct } from 'constructs';
import { containerHardening, isWindows } from './container-hardening';
import { overTls, taskDefinitionHardening } from './task-definition-hardening';
import { isOff, requireOptOut } from '../../declarations/declare';
import { OptOut } from '../../declarations/opt-out';
import { fargateTaskDefaults as d } from '../../defaults/fargate-service';
import { hardened } from '../support/hardening';
import { uphold } from '../support/uphold';

/** Properties of a `SecureFargateTaskDefinition`. */
export interface SecureFargateTaskDefinitionProps extends ecs.FargateTaskDefinitionProps {
  /**
   * Claims that are given up, each with a reason. Those about containers are given here as well.
   *
   * @default - none
   */
  readonly optOuts?: OptOut[];
}

const ROOT = /^(root|0)(:.*)?$/;

/**
 * A task definition for Fargate whose containers cannot change their own files, are not root, and log to a group of the task.
 *
 * Containers that are added get these properties unless they say otherwise: `readonlyRootFilesystem`, `user` (`1000:1000`) and `logging`. An
 * application that writes files needs a volume for them.
 *
 * Supports CC6.1, CC6.3, CC6.6, CC6.7, CC6.8, CC7.2 and A1.1. Billed: the shared key of logs (1 USD a month for the stack), and ingestion and storage
 * of logs.
 */
export class SecureFargateTaskDefinition extends ecs.FargateTaskDefinition {
  private readonly optOuts?: OptOut[];

  /** @throws Error when a property weakens a claim without an opt-out, e.g. an EFS volume without encryption in transit. */
  constructor(scope: Construct, id: string, props: SecureFargateTaskDefinitionProps = {}) {
    super(scope, id, { ...props, ...hardened(taskDefinitionHardening, scope, id, props) });
    this.optOuts = props.optOuts;
    const efs = (props.volumes ?? []).flatMap(({ efsVolumeConfiguration: one }) => (one ? [one] : []));
    uphold(this, NAME, props.optOuts, [{
      resource: this.node.defaultChild as ecs.CfnTaskDefinition,
      upheld: [
        // Windows has no read-only file system.
        ...isWindows(props.runtimePlatform) ? [] : [{ by: d.readonlyRootFilesystem }],
        { by: d.user },
        { by: d.privileged },
        { by: d.logging },
        { by: d.networkMode },
        { by: d.pidMode },
        { by: d.memoryLimit },
        ...efs.length > 0 ? [{
          by: d.efsTransitEncryption, weakened: efs.some(({ transitEncryption }) => transitEncryption === 'DISABLED') && 'transitEncryption: DISABLED',
        }] : [],
      ],
    }]);
  }

  /**
   * Adds a container, with secure properties where it says nothing.
   *
   * @throws Error when a property weakens a claim of the task without an opt-out there, or when Fargate would refuse the container.
   */
  public addContainer(id: string, props: ecs.ContainerDefinitionOptions): ecs.ContainerDefinition {
    const user = props.user ?? (isWindows(this.runtimePlatform) ? 'ContainerUser' : d.user.value);
    const secure = this.secured(id, { ...props, user });
    return completed(super.addContainer(id, secure), secure);
  }

  /**
   * Adds a FireLens log router, which has to be root and writes into its own file system, so the task needs opt-outs of `ECS.NonRootUser` and
   * `ECS.ReadonlyRootFilesystem`.
   *
   * @throws Error when the task has no such opt-outs, unless the router says that it is another user, and read-only.
   */
  public addFirelensLogRouter(id: string, props: ecs.FirelensLogRouterDefinitionOptions): ecs.FirelensLogRouter {
    const said = { ...props, user: props.user ?? 'root', readonlyRootFilesystem: props.readonlyRootFilesystem ?? false };
    const secure = this.secured(id, said);
    return completed(super.addFirelensLogRouter(id, { ...said, ...secure }), secure);
  }

  /** Adds a volume. One of EFS is mounted over TLS unless it says otherwise. */
  public addVolume(volume: ecs.Volume): void {
    super.addVolume(overTls(volume));
  }

  private secured(id: string, props: ecs.ContainerDefinitionOptions): ecs.ContainerDefinitionProps {
    const secure = hardened(containerHardening, this, id, { ...props, taskDefinition: this });
    const refuse = (why: string): never => {
      throw new Error(`${NAME} at ${this.node.path}: container ${id} ${why}`);
    };
    if (secure.privileged && !Token.isUnresolved(secure.privileged)) refuse('is privileged, which Fargate refuses; leave out privileged: true');
    if (!secure.logging) refuse('cannot log to a group of this stack with an execution role of another stack; give logging, or leave out executionRole');
    const weakens = (rule: string, weakened: boolean, property: string): void => {
      requireOptOut(this, NAME, this.optOuts, rule, weakened, `${property} of container ${id}`);
    };
    weakens('ECS.ReadonlyRootFilesystem', !isWindows(this.runtimePlatform) && isOff(secure.readonlyRootFilesystem), 'readonlyRootFilesystem: false');
    weakens('ECS.NonRootUser', !Token.isUnresolved(secure.user) && ROOT.test(secure.user!), `user: ${secure.user}`);
    return secure;
  }
}

const NAME = 'SecureFargateTaskDefinition';

function completed<C extends ecs.ContainerDefinition>(container: C, secure: ecs.ContainerDefinitionProps): C {
  containerHardening.complete!(container, secure);
  return container;
}
