import { Size } from 'aws-cdk-lib';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as logs from 'aws-cdk-lib/aws-logs';
import { mayName } from './own-stack';
import { fargateTaskDefaults as d } from '../../defaults/fargate-service';
import { logGroupDefaults } from '../../defaults/log-group';
import { SecureLogGroup } from '../logging/secure-log-group';
import { Hardening } from '../support/hardening';
import { shared } from '../support/shared';

const { retentionDays } = logGroupDefaults;

/** Secure properties of a container of any task. Which user it runs as is left to its image: another one might not be able to read its files. */
export const containerHardening: Hardening<ecs.ContainerDefinitionProps> = {
  injectionId: ecs.ContainerDefinition.PROPERTY_INJECTION_ID,
  harden: (_scope, id, props) => ({
    ...props,
    readonlyRootFilesystem: props.readonlyRootFilesystem ?? (isWritable(props) ? undefined : d.readonlyRootFilesystem.value),
    logging: props.logging ?? logsOf(id, props),
  }),
  complete: (made, { logging }) => {
    // A log driver without a group makes one that keeps logs for ever, and shows only here whether somebody asked for that.
    const group = made.node.tryFindChild('LogGroup')?.node.defaultChild;
    if (logging instanceof ecs.AwsLogDriver && !saysRetention(logging) && logs.CfnLogGroup.isCfnLogGroup(group)) {
      group.retentionInDays ??= retentionDays.value;
    }
  },
};

/** The driver shows its properties to nobody. */
function saysRetention(driver: ecs.AwsLogDriver): boolean {
  return (driver as unknown as { readonly props: ecs.AwsLogDriverProps }).props.logRetention !== undefined;
}

/** Windows has no read-only file system, and a FireLens log router writes its configuration into its own. */
function isWritable(props: ecs.ContainerDefinitionProps): boolean {
  return isWindows(props.taskDefinition.runtimePlatform) || 'firelensConfig' in props;
}

/** True when a task is known to run on Windows. */
export function isWindows(platform: ecs.RuntimePlatform | undefined): boolean {
  return platform?.operatingSystemFamily?.isWindows() ?? false;
}

const GROUP = 'ContainerLogs';

/**
 * Logs of a container in a group that the containers of the task share. None where the role that would write them stands in another stack, whose
 * policy cannot name the group.
 */
function logsOf(id: string, { taskDefinition: task, containerName }: ecs.ContainerDefinitionProps): ecs.LogDriver | undefined {
  if (!mayName(task.executionRole, task)) return undefined;
  return ecs.LogDrivers.awsLogs({
    logGroup: shared(task, GROUP, SecureLogGroup, () => new SecureLogGroup(task, GROUP)),
    streamPrefix: containerName ?? id,
    mode: ecs.AwsLogDriverMode.NON_BLOCKING,
    maxBufferSize: Size.mebibytes(d.logBufferMebibytes.value),
  });
}
