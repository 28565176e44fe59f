import { Resource } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { functionHardening } from './function-hardening';
import { isOff } from '../../declarations/declare';
import { OptOut } from '../../declarations/opt-out';
import { functionDefaults as d } from '../../defaults/function';
import { hardened } from '../support/hardening';
import { isOwnKey } from '../support/key-policy';
import { uphold, Upheld } from '../support/uphold';

/** Properties of a `SecureFunction`. Those of `lambda.Function` keep their meaning; where they are left out, the secure default stands. */
export interface SecureFunctionProps extends lambda.FunctionProps {
  /**
   * Claims that are given up, each with a reason.
   *
   * @default - none
   */
  readonly optOuts?: OptOut[];
}

/**
 * A Lambda function with a log group and a queue for failed events of its own, whose environment variables are encrypted with a customer managed
 * key, and which logs in JSON and is traced.
 *
 * The log group is a `SecureLogGroup` and the queue a `SecureDeadLetterQueue`, both beside the function. It is in no VPC and has no reserved
 * concurrency unless told so. It cannot run at the edge of CloudFront, which refuses all of this: take `experimental.EdgeFunction` there.
 *
 * Supports CC6.1, CC7.2, C1.1, C1.2 and PI1.3, and in a VPC CC6.6 and A1.2. Billed: the shared keys of data, logs, messages and alarms (1 USD a
 * month each for the stack), an alarm (0.10 USD a month), traces (5 USD a million), and ingestion and storage of logs.
 */
export class SecureFunction extends lambda.Function {
  /** @throws Error when a property weakens a claim without an opt-out, e.g. `tracing: Tracing.DISABLED`. */
  constructor(scope: Construct, id: string, props: SecureFunctionProps) {
    const secure = hardened(functionHardening, scope, id, props);
    super(scope, id, secure);
    functionHardening.complete!(this, secure);
    const { environmentEncryption: key, onFailure, deadLetterTopic, deadLetterQueue } = secure;
    const letters = deadLetterQueue ?? deadLetterTopic ?? onFailure;
    const format = secure.loggingFormat ?? secure.logFormat;
    uphold(this, 'SecureFunction', props.optOuts, [{
      resource: this.node.defaultChild as lambda.CfnFunction,
      upheld: [
        ...logGroupClaim(secure.logGroup),
        { by: d.loggingFormat, weakened: format !== d.loggingFormat.value && `loggingFormat: ${format}` },
        { by: d.tracing, weakened: secure.tracing !== d.tracing.value && `tracing: ${secure.tracing}` },
        // Nothing here knows whose key it is when it comes from elsewhere; without variables there is nothing to encrypt.
        ...Object.keys(props.environment ?? {}).length > 0 && key && isOwnKey(key) ? [{ by: d.environmentEncryption }] : [],
        // A role of another stack cannot name a queue of this one.
        ...letters || isOff(props.deadLetterQueueEnabled) ? [{ by: d.deadLetterQueue, weakened: !letters && 'deadLetterQueueEnabled: false' }] : [],
        ...vpcClaims(props),
      ],
    }]);
  }
}

/** The retention of a group from elsewhere cannot be seen, nor the group that CDK finds for the older property. */
function logGroupClaim(group: logs.ILogGroupRef | undefined): Upheld[] {
  const cfn = group && Resource.isOwnedResource(group) ? group.node.defaultChild as logs.CfnLogGroup : undefined;
  return cfn ? [{ by: d.logGroup, weakened: cfn.retentionInDays === undefined && 'logGroup without retention' }] : [];
}

/** The subnets of a VPC from elsewhere cannot be seen, nor what a security group is that was given. */
function vpcClaims({ vpc, vpcSubnets, securityGroups }: lambda.FunctionProps): Upheld[] {
  if (!vpc || !Resource.isOwnedResource(vpc)) return [];
  const few = vpc.selectSubnets(vpcSubnets).subnetIds.length < 2;
  return [{ by: d.vpcSubnets, weakened: few && 'vpcSubnets with one subnet' }, ...securityGroups?.length ? [] : [{ by: d.securityGroups }]];
}
