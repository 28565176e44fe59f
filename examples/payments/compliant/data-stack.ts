import { Size, Stack } from 'aws-cdk-lib';
import { AttributeType } from 'aws-cdk-lib/aws-dynamodb';
import { InstanceClass, InstanceSize, InstanceType, SubnetType } from 'aws-cdk-lib/aws-ec2';
import { DatabaseInstanceEngine, PostgresEngineVersion } from 'aws-cdk-lib/aws-rds';
import { Construct } from 'constructs';
import { SecureBucket, SecureDatabaseInstance, SecureTable, SecureVpc, ServiceAlarms } from 'cdk-soc2';

/** Where payments are kept. Nothing here is reachable from the internet. */
export class DataStack extends Stack {
  readonly vpc: SecureVpc;
  readonly payments: SecureTable;
  readonly ledger: SecureDatabaseInstance;
  readonly statements: SecureBucket;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.vpc = new SecureVpc(this, 'Network', {
      subnetConfiguration: [{ name: 'Isolated', subnetType: SubnetType.PRIVATE_ISOLATED }],
    });
    this.payments = new SecureTable(this, 'Payments', { partitionKey: { name: 'id', type: AttributeType.STRING } });
    this.ledger = new SecureDatabaseInstance(this, 'Ledger', {
      engine: DatabaseInstanceEngine.postgres({ version: PostgresEngineVersion.VER_17 }),
      instanceType: InstanceType.of(InstanceClass.T4G, InstanceSize.MEDIUM),
      vpc: this.vpc,
    });
    this.statements = new SecureBucket(this, 'Statements');
    new ServiceAlarms(this, 'Watch').watchAll(this, { databaseFreeStorage: Size.gibibytes(20) });
  }

  /** Named here, so that no lookup in the account is needed. */
  get availabilityZones(): string[] {
    return ['a', 'b'].map((zone) => `${this.region}${zone}`);
  }
}
