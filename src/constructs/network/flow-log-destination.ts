import { Annotations, ArnFormat, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { admitDeliveredLogs } from './delivered-logs';
import { SecureLogGroup } from '../logging/secure-log-group';

/** A log group of its own below each flow log, and a role that the flow logs of this account alone can take. */
export class OwnLogGroup extends ec2.FlowLogDestination {
  public bind(scope: Construct): ec2.FlowLogDestinationConfig {
    const stack = Stack.of(scope);
    const logGroup = new SecureLogGroup(scope, 'Logs');
    const iamRole = new iam.Role(scope, 'Role', {
      // Without these CDK's role can be used by flow logs of any account (Amazon VPC user guide, "IAM role for publishing flow logs to CloudWatch Logs").
      assumedBy: new iam.ServicePrincipal('vpc-flow-logs.amazonaws.com', {
        conditions: {
          StringEquals: { 'aws:SourceAccount': stack.account },
          ArnLike: { 'aws:SourceArn': stack.formatArn({ service: 'ec2', resource: 'vpc-flow-log', resourceName: '*', arnFormat: ArnFormat.SLASH_RESOURCE_NAME }) },
        },
      }),
    });
    iamRole.addToPolicy(new iam.PolicyStatement({
      actions: ['logs:CreateLogStream', 'logs:PutLogEvents', 'logs:DescribeLogStreams'],
      resources: [logGroup.logGroupArn],
    }));
    return { logDestinationType: ec2.FlowLogDestinationType.CLOUD_WATCH_LOGS, logGroup, iamRole };
  }
}

/** A bucket whose policy, and that of its key, let the flow logs of this account in, whatever the feature flags. */
export class GivenBucket extends ec2.FlowLogDestination {
  constructor(private readonly bucket: s3.IBucket) {
    super();
  }

  public bind(scope: Construct): ec2.FlowLogDestinationConfig {
    if (!admitDeliveredLogs(this.bucket, Stack.of(scope))) {
      Annotations.of(scope).addWarningV2('cdk-soc2:flowLogIntoForeignBucket',
        'the policy of its bucket, or of the key, cannot be seen; it must let delivery.logs.amazonaws.com put objects on behalf of this account (aws:SourceAccount)');
    }
    // Where there is no policy yet, the service would write one, which the next deployment would undo.
    if (this.bucket.policy) scope.node.addDependency(this.bucket.policy);
    return { logDestinationType: ec2.FlowLogDestinationType.S3, s3Bucket: this.bucket };
  }
}
