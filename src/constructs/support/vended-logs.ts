import { ArnFormat, Aws, Fn, Names, Stack } from 'aws-cdk-lib';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';

/**
 * The name of the log group to which a service delivers the logs of a resource that is about to be made.
 *
 * CloudWatch Logs lets services in by one resource policy of at most 5,120 characters, which grows with each group, except for groups whose names
 * begin like this ("Amazon CloudWatch Logs user guide", "Enable logging from AWS services"). The id of the stack is in it, so that a group which
 * outlived an earlier stack does not stand in the way of a new one.
 */
export function vendedLogGroupName(scope: Construct, id: string, service: string): string {
  const owner = Names.uniqueResourceName(scope, { maxLength: 160, separator: '-', allowedSpecialCharacters: '-_' });
  return `/aws/vendedlogs/${service}/${owner}-${id.replace(/[^\w.-]+/g, '-').slice(0, 160)}-${Fn.select(2, Fn.split('/', Aws.STACK_ID))}`;
}

/** The ARN of a log group without the `:*` at its end, which some services refuse. */
export function plainLogGroupArn(group: logs.ILogGroup): string {
  return Stack.of(group).formatArn({ service: 'logs', resource: 'log-group', resourceName: group.logGroupName, arnFormat: ArnFormat.COLON_RESOURCE_NAME });
}
