import { FeatureFlags, Stack } from 'aws-cdk-lib';
import { experimental } from 'aws-cdk-lib/aws-cloudfront';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Provider } from 'aws-cdk-lib/custom-resources';
import { USE_CDK_MANAGED_LAMBDA_LOGGROUP } from 'aws-cdk-lib/cx-api';
import { Construct } from 'constructs';
import { mayName } from './own-stack';
import { present } from './present';
import { isOff } from '../../declarations/declare';
import { SecureLogGroup } from '../logging/secure-log-group';
import { SecureDeadLetterQueue } from '../messaging/secure-dead-letter-queue';
import { EncryptionKey } from '../security/encryption-key';
import { Hardening, isHardened } from '../support/hardening';

/** What was given of a function, by what its properties became. */
const GIVEN = new WeakMap<lambda.FunctionProps, lambda.FunctionProps>();

/**
 * Secure properties of a function. CDK asks for them for whatever becomes a function in the end: of an image, of TypeScript, a singleton, or one that
 * answers for a custom resource.
 */
export const functionHardening: Hardening<lambda.FunctionProps> = {
  injectionId: lambda.Function.PROPERTY_INJECTION_ID,
  harden: (scope, id, props) => {
    const given = present(props);
    if (isMadeForEdge(scope)) return given;
    const secure: lambda.FunctionProps = {
      ...given,
      logGroup: given.logGroup ?? (saysRetention(given) || bringsLogGroup(scope, id) ? undefined : new SecureLogGroup(scope, `${id}Logs`)),
      loggingFormat: given.loggingFormat ?? (given.logFormat === undefined ? lambda.LoggingFormat.JSON : undefined),
      tracing: given.tracing ?? lambda.Tracing.ACTIVE,
      environmentEncryption: given.environmentEncryption ?? EncryptionKey.shared(scope, 'data'),
      recursiveLoop: given.recursiveLoop ?? lambda.RecursiveLoop.TERMINATE,
      deadLetterQueue: given.deadLetterQueue ?? (needsDeadLetters(scope, id, given) ? new SecureDeadLetterQueue(scope, `${id}DeadLetters`) : undefined),
    };
    const all = present(secure);
    GIVEN.set(all, given);
    return all;
  },
  complete: (made, secure) => {
    const fn = made as lambda.Function;
    if (runsAtEdge(fn)) {
      leaveToEdge(fn, secure);
      return;
    }
    const failed = fn.deadLetterTopic ? fn.deadLetterTopic.masterKey : fn.deadLetterQueue?.encryptionMasterKey;
    // CDK lets the role send to the queue or the topic, and not use its key: what failed would be dropped without a trace.
    failed?.grant(fn, 'kms:Decrypt', 'kms:GenerateDataKey');
    // A role that was given may be for the group that Lambda would have made, and for no other.
    const ours = GIVEN.get(secure)?.logGroup === undefined && secure.logGroup instanceof SecureLogGroup;
    if (ours && secure.role && mayName(secure.role, fn)) (secure.logGroup as SecureLogGroup).grantWrite(fn);
  },
};

/** CDK refuses a log group beside them. */
function saysRetention({ logRetention, logRemovalPolicy }: lambda.FunctionProps): boolean {
  return logRetention !== undefined || logRemovalPolicy !== undefined;
}

/** A plain function makes a log group itself, which may be deployed already: it is made secure as it is made. */
function bringsLogGroup(scope: Construct, id: string): boolean {
  return !isHardened(scope, id) && FeatureFlags.of(scope).isEnabled(USE_CDK_MANAGED_LAMBDA_LOGGROUP) === true;
}

function needsDeadLetters(scope: Construct, id: string, { deadLetterQueueEnabled, deadLetterTopic, onFailure, role }: lambda.FunctionProps): boolean {
  // The queue that a plain function makes itself may be deployed already, with messages in it.
  const itself = deadLetterQueueEnabled === true && !isHardened(scope, id);
  const elsewhere = deadLetterTopic !== undefined || onFailure !== undefined || itself;
  return !isOff(deadLetterQueueEnabled) && !elsewhere && !answersCloudFormation(scope, id) && mayName(role, scope);
}

/**
 * The functions by which CDK itself makes custom resources: those of a `Provider`, and singletons, whose ids end in a UUID. CloudFormation waits for
 * their answer, so a failure is known at once, and nobody can make up for it later.
 */
function answersCloudFormation(scope: Construct, id: string): boolean {
  return scope instanceof Provider || (Stack.isStack(scope) && /[0-9a-f]{32}$/i.test(id));
}

/**
 * Lambda@Edge refuses functions with a key, a queue for dead letters or tracing, and a log group is in one region only (Amazon CloudFront developer
 * guide, "Restrictions on Lambda@Edge").
 */
function isMadeForEdge(scope: Construct): boolean {
  return scope instanceof experimental.EdgeFunction || (Stack.isStack(scope) && scope.node.id.startsWith('edge-lambda-stack-'));
}

/** A distribution that takes a plain function lets the edge assume its role. */
function runsAtEdge({ role, stack }: lambda.Function): boolean {
  return role instanceof iam.Role && JSON.stringify(stack.resolve(role.assumeRolePolicy) ?? '').includes('edgelambda.');
}

/** Takes back what was not given, as the function turns out to run at the edge. What was made for it stays, as its role may name it. */
function leaveToEdge(fn: lambda.Function, secure: lambda.FunctionProps): void {
  const given = GIVEN.get(secure) ?? secure;
  const cfn = fn.node.defaultChild as lambda.CfnFunction;
  if (given.deadLetterQueue === undefined) cfn.deadLetterConfig = undefined;
  if (given.environmentEncryption === undefined) cfn.kmsKeyArn = undefined;
  if (given.tracing === undefined) cfn.tracingConfig = undefined;
  if (given.logGroup === undefined && given.loggingFormat === undefined) cfn.loggingConfig = undefined;
}
