import { Stage, StageProps } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { DataStack } from './data-stack';
import { ServiceStack } from './service-stack';

/** The payments application, which says what it is for and leaves security to the defaults. */
export class PaymentsStage extends Stage {
  constructor(scope: Construct, id: string, props: StageProps) {
    super(scope, id, props);
    const data = new DataStack(this, 'Data');
    new ServiceStack(this, 'Service', { data });
  }
}
