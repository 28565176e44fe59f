import { Duration, Stack, StackProps } from 'aws-cdk-lib';
import { IVpc } from 'aws-cdk-lib/aws-ec2';
import { IBucket, StorageClass } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { ReplicatedBucket, SecureFileSystem } from 'cdk-soc2';

export interface StorageStackProps extends StackProps {
  readonly vpc: IVpc;
  readonly copy: IBucket;
}

/** The lake, and the files that models are read from. */
export class StorageStack extends Stack {
  readonly lake: ReplicatedBucket;
  readonly models: SecureFileSystem;

  constructor(scope: Construct, id: string, { vpc, copy, ...props }: StorageStackProps) {
    super(scope, id, props);
    this.lake = new ReplicatedBucket(this, 'Lake', {
      destination: copy,
      // Contracts promise to delete after two years.
      lifecycleRules: [{
        expiration: Duration.days(730),
        transitions: [{ storageClass: StorageClass.INTELLIGENT_TIERING, transitionAfter: Duration.days(30) }],
      }],
    });
    this.models = new SecureFileSystem(this, 'Models', { vpc, backup: true });
  }
}
