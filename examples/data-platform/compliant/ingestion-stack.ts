import { Duration, Stack, StackProps } from 'aws-cdk-lib';
import { IVpc } from 'aws-cdk-lib/aws-ec2';
import { KinesisStreamSource, LambdaFunctionProcessor, S3Bucket } from 'aws-cdk-lib/aws-kinesisfirehose';
import { Code, Runtime } from 'aws-cdk-lib/aws-lambda';
import { IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { OptOut, SecureDeliveryStream, SecureFunction, SecureKafka, SecureSecret, SecureStream } from 'cdk-soc2';

export interface IngestionStackProps extends StackProps {
  readonly vpc: IVpc;
  readonly lake: IBucket;
}

/** Events come in by a stream, are transformed, and end up in the lake. Services of the company exchange orders by Kafka. */
export class IngestionStack extends Stack {
  readonly events: SecureStream;
  readonly orders: SecureKafka;

  constructor(scope: Construct, id: string, { vpc, lake, ...props }: IngestionStackProps) {
    super(scope, id, props);
    this.events = new SecureStream(this, 'Events');
    const token = new SecureSecret(this, 'GeocoderToken', {
      optOuts: [OptOut.of('SecretsManager.Rotation', { reason: 'the provider of the geocoder hands it out, and a new one each quarter', ticket: 'DATA-12' })],
    });
    const transform = new SecureFunction(this, 'Transform', {
      runtime: Runtime.NODEJS_24_X,
      handler: 'index.handler',
      code: Code.fromInline('exports.handler = async ({ records }) => ({ records: records.map(({ recordId, data }) => ({ recordId, data, result: "Ok" })) });'),
      timeout: Duration.minutes(1),
      environment: { TOKEN_ARN: token.secretArn },
    });
    token.grantRead(transform);
    new SecureDeliveryStream(this, 'ToLake', {
      source: new KinesisStreamSource(this.events),
      destination: new S3Bucket(lake, { dataOutputPrefix: 'events/', processors: [new LambdaFunctionProcessor(transform)] }),
    });
    this.orders = new SecureKafka(this, 'Orders', { vpc, kafkaVersion: '3.9.x.kraft', instanceType: 'kafka.m7g.large' });
  }
}
