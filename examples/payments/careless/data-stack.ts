import { SecretValue, Stack } from 'aws-cdk-lib';
import { AttributeType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { InstanceClass, InstanceSize, InstanceType, Peer, Port, SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Credentials, DatabaseInstance, DatabaseInstanceEngine, PostgresEngineVersion } from 'aws-cdk-lib/aws-rds';
import { BlockPublicAccess, Bucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';

export class DataStack extends Stack {
  readonly vpc: Vpc;
  readonly payments: Table;
  readonly ledger: DatabaseInstance;
  readonly statements: Bucket;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.vpc = new Vpc(this, 'Network', { maxAzs: 2, natGateways: 0, restrictDefaultSecurityGroup: false });
    this.payments = new Table(this, 'Payments', { partitionKey: { name: 'id', type: AttributeType.STRING } });
    this.ledger = new DatabaseInstance(this, 'Ledger', {
      engine: DatabaseInstanceEngine.postgres({ version: PostgresEngineVersion.VER_17 }),
      instanceType: InstanceType.of(InstanceClass.T4G, InstanceSize.MEDIUM),
      credentials: Credentials.fromPassword('payments', SecretValue.unsafePlainText('correct horse battery staple')),
      vpc: this.vpc,
      vpcSubnets: { subnetType: SubnetType.PUBLIC },
    });
    // "Only until the office has a fixed address."
    this.ledger.connections.allowFrom(Peer.anyIpv4(), Port.tcp(5432));
    this.statements = new Bucket(this, 'Statements', {
      publicReadAccess: true,
      blockPublicAccess: new BlockPublicAccess({ blockPublicAcls: false, blockPublicPolicy: false, ignorePublicAcls: false, restrictPublicBuckets: false }),
    });
  }

  /** Named here, so that no lookup in the account is needed. */
  get availabilityZones(): string[] {
    return ['a', 'b'].map((zone) => `${this.region}${zone}`);
  }
}
