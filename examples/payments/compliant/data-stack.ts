import { Stack, Validations } from 'aws-cdk-lib';
import { AttributeType } from 'aws-cdk-lib/aws-dynamodb';
import { FlowLogDestination, GatewayVpcEndpointAwsService, InterfaceVpcEndpointAwsService, InstanceClass, InstanceSize, InstanceType, SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import { DatabaseInstanceEngine, PostgresEngineVersion } from 'aws-cdk-lib/aws-rds';
import { Construct } from 'constructs';
import { SecureBucket, SecureDatabaseInstance, SecureLogGroup, SecureTable } from 'cdk-soc2';

/** Where payments are kept. Nothing here is reachable from the internet. */
export class DataStack extends Stack {
  readonly vpc: Vpc;
  readonly payments: SecureTable;
  readonly ledger: SecureDatabaseInstance;
  readonly statements: SecureBucket;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.vpc = new Vpc(this, 'Network', {
      maxAzs: 2,
      natGateways: 0,
      restrictDefaultSecurityGroup: true,
      subnetConfiguration: [{ name: 'isolated', subnetType: SubnetType.PRIVATE_ISOLATED }],
      gatewayEndpoints: { dynamodb: { service: GatewayVpcEndpointAwsService.DYNAMODB }, s3: { service: GatewayVpcEndpointAwsService.S3 } },
      flowLogs: { all: { destination: FlowLogDestination.toCloudWatchLogs(new SecureLogGroup(this, 'FlowLog')) } },
    });
    for (const [name, service] of [['Secrets', InterfaceVpcEndpointAwsService.SECRETS_MANAGER], ['Queues', InterfaceVpcEndpointAwsService.SQS]] as const) {
      this.vpc.addInterfaceEndpoint(name, { service });
    }
    this.payments = new SecureTable(this, 'Payments', { partitionKey: { name: 'id', type: AttributeType.STRING } });
    this.ledger = new SecureDatabaseInstance(this, 'Ledger', {
      engine: DatabaseInstanceEngine.postgres({ version: PostgresEngineVersion.VER_17 }),
      instanceType: InstanceType.of(InstanceClass.T4G, InstanceSize.MEDIUM),
      vpc: this.vpc,
    });
    this.statements = new SecureBucket(this, 'Statements');
    // The stack's only function is the one with which CDK closes the default security group.
    Validations.of(this).acknowledge({ id: 'SOC2::Lambda.Tracing', reason: 'CDK\'s own function runs at deployment only, and takes no tracing' });
  }

  /** Named here, so that no lookup in the account is needed. */
  get availabilityZones(): string[] {
    return ['a', 'b'].map((zone) => `${this.region}${zone}`);
  }
}
