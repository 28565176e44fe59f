import { Duration } from 'aws-cdk-lib';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { Code, Function, FunctionOptions, LoggingFormat, Runtime, Tracing } from 'aws-cdk-lib/aws-lambda';
import { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { SecureLogGroup } from 'cdk-soc2';

/** A function that logs to a group of its own, is traced, keeps its environment encrypted, and whose errors are noticed. */
export function paymentFunction(scope: Construct, id: string, { key, alarms, ...options }: FunctionOptions & { key: IKey; alarms: ITopic }): Function {
  const made = new Function(scope, id, {
    runtime: Runtime.NODEJS_22_X,
    handler: 'index.handler',
    code: Code.fromInline('exports.handler = async () => ({ statusCode: 202 });'),
    timeout: Duration.seconds(30),
    logGroup: new SecureLogGroup(scope, `${id}Log`),
    loggingFormat: LoggingFormat.JSON,
    tracing: Tracing.ACTIVE,
    environmentEncryption: key,
    ...options,
  });
  made.metricErrors().createAlarm(scope, `${id}Errors`, { threshold: 1, evaluationPeriods: 1 }).addAlarmAction(new SnsAction(alarms));
  return made;
}
