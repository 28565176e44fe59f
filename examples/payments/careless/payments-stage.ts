import { Stage, StageProps } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { DataStack } from './data-stack';
import { ServiceStack } from './service-stack';

/** The payments application as it is often written first: it works, and nothing shows that it is safe. */
export class PaymentsStage extends Stage {
  constructor(scope: Construct, id: string, props: StageProps) {
    super(scope, id, props);
    const data = new DataStack(this, 'Data');
    new ServiceStack(this, 'Service', { data });
  }
}
