import { Stage, StageProps } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { DataStack } from './data-stack';
import { OperationsStack } from './operations-stack';
import { ServiceStack } from './service-stack';

/** One environment of the payments application. */
export class PaymentsStage extends Stage {
  constructor(scope: Construct, id: string, props: StageProps) {
    super(scope, id, props);
    const operations = new OperationsStack(this, 'Operations');
    const data = new DataStack(this, 'Data');
    new ServiceStack(this, 'Service', { data, alarms: operations.alarms });
  }
}
