import { Stack, StackProps } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { SecureVpc } from 'cdk-soc2';

/** A network without a way out to the internet, and with one to S3. */
export class NetworkStack extends Stack {
  readonly vpc: SecureVpc;

  constructor(scope: Construct, id: string, props: StackProps) {
    super(scope, id, props);
    this.vpc = new SecureVpc(this, 'Vpc');
  }

  /** Named here, so that no lookup in the account is needed. */
  get availabilityZones(): string[] {
    return ['a', 'b', 'c'].map((zone) => `${this.region}${zone}`);
  }
}
