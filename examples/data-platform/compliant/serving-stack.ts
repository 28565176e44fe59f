import { Duration, Stack, StackProps } from 'aws-cdk-lib';
import { IVpc } from 'aws-cdk-lib/aws-ec2';
import { IStream } from 'aws-cdk-lib/aws-kinesis';
import { Code, FileSystem, Runtime, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { KinesisEventSource, SqsDlq } from 'aws-cdk-lib/aws-lambda-event-sources';
import { EngineVersion } from 'aws-cdk-lib/aws-opensearchservice';
import { AuroraPostgresEngineVersion, DatabaseClusterEngine } from 'aws-cdk-lib/aws-rds';
import { Construct } from 'constructs';
import { SecureCache, SecureDatabaseCluster, SecureDeadLetterQueue, SecureFileSystem, SecureFunction, SecureKafka, SecureSearchDomain } from 'cdk-soc2';

export interface ServingStackProps extends StackProps {
  readonly vpc: IVpc;
  readonly events: IStream;
  readonly orders: SecureKafka;
  readonly models: SecureFileSystem;
}

/** What products ask: a catalogue, an index to search, the latest values. A function keeps them up to date. */
export class ServingStack extends Stack {
  constructor(scope: Construct, id: string, { vpc, events, orders, models, ...props }: ServingStackProps) {
    super(scope, id, props);
    const catalogue = new SecureDatabaseCluster(this, 'Catalogue', {
      vpc, engine: DatabaseClusterEngine.auroraPostgres({ version: AuroraPostgresEngineVersion.VER_17_5 }), defaultDatabaseName: 'catalogue',
    });
    const search = new SecureSearchDomain(this, 'Search', {
      vpc, version: EngineVersion.OPENSEARCH_2_19,
      capacity: { dataNodeInstanceType: 'm7g.large.search', masterNodeInstanceType: 'm7g.medium.search' },
      ebs: { volumeSize: 50 },
    });
    const latest = new SecureCache(this, 'Latest', { vpc, nodeType: 'cache.t4g.small' });

    const files = models.addAccessPoint('Read', {
      path: '/models', posixUser: { uid: '1000', gid: '1000' }, createAcl: { ownerUid: '1000', ownerGid: '1000', permissions: '750' },
    });
    const publisher = new SecureFunction(this, 'Publisher', {
      runtime: Runtime.NODEJS_24_X,
      handler: 'index.handler',
      code: Code.fromInline('exports.handler = async () => ({ batchItemFailures: [] });'),
      timeout: Duration.minutes(1),
      vpc,
      allowAllOutbound: false,
      filesystem: FileSystem.fromEfsAccessPoint(files, '/mnt/models'),
      environment: { SEARCH: search.domainEndpoint, CACHE: latest.endpointAddress, CATALOGUE: catalogue.clusterEndpoint.hostname },
    });
    publisher.addEventSource(new KinesisEventSource(events, {
      startingPosition: StartingPosition.TRIM_HORIZON, retryAttempts: 5, bisectBatchOnError: true, reportBatchItemFailures: true,
      onFailure: new SqsDlq(new SecureDeadLetterQueue(this, 'Unpublished')),
    }));
    for (const store of [catalogue, search, latest, orders]) publisher.connections.allowToDefaultPort(store);
    catalogue.grantConnect(publisher, 'publisher');
    search.grantIndexReadWrite('products', publisher);
    latest.grantConnect(publisher);
    orders.grantProduce(publisher, 'published');
  }
}
