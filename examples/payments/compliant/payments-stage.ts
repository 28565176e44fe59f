import { Stage, StageProps } from 'aws-cdk-lib';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import { DataStack } from './data-stack';
import { OperationsStack } from './operations-stack';
import { ServiceStack } from './service-stack';
import { AlarmTopic } from 'cdk-soc2';

/** One environment of the payments application. */
export class PaymentsStage extends Stage {
  constructor(scope: Construct, id: string, props: StageProps) {
    super(scope, id, props);
    const data = new DataStack(this, 'Data');
    const service = new ServiceStack(this, 'Service', { data });
    const operations = new OperationsStack(this, 'Operations');
    // Each stack has one topic for all its alarms. They tell nobody until somebody is subscribed.
    for (const [stack, team] of [[data, 'payments'], [service, 'payments'], [operations, 'security']] as const) {
      AlarmTopic.shared(stack).addSubscription(new EmailSubscription(`${team}@example.com`));
    }
  }
}
