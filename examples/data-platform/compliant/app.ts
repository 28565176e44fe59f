import { App, Duration, Size } from 'aws-cdk-lib';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { AnalyticsStack } from './analytics-stack';
import { IngestionStack } from './ingestion-stack';
import { NetworkStack } from './network-stack';
import { OperationsStack } from './operations-stack';
import { RecoveryStack } from './recovery-stack';
import { ServingStack } from './serving-stack';
import { StorageStack } from './storage-stack';
import { AlarmTopic, DataClass, DataClassification, EvidenceFormat, ServiceAlarms, Soc2, TrustServicesCategory } from 'cdk-soc2';

const account = '333333333333';
const app = new App();

Soc2.apply(app, {
  categories: Object.values(TrustServicesCategory),
  evidenceFormats: [EvidenceFormat.JSON, EvidenceFormat.HTML],
  strict: true,
});

// The key of the copies has no name that one region could tell the other, so CDK passes its ARN on.
const there = { env: { account, region: 'eu-central-1' }, crossRegionReferences: true };
const here = { env: { account, region: 'eu-west-1' }, crossRegionReferences: true };

const recovery = new RecoveryStack(app, 'Recovery', there);
const { vpc } = new NetworkStack(app, 'Network', here);
const storage = new StorageStack(app, 'Storage', { ...here, vpc, copy: recovery.copy });
const ingestion = new IngestionStack(app, 'Ingestion', { ...here, vpc, lake: storage.lake });
const analytics = new AnalyticsStack(app, 'Analytics', { ...here, vpc, lake: storage.lake });
const serving = new ServingStack(app, 'Serving', { ...here, vpc, events: ingestion.events, orders: ingestion.orders, models: storage.models });
const operations = new OperationsStack(app, 'Operations', { ...here, copies: recovery.backups });

// Once everything is there: the thresholds are those that only the owners of the platform know.
for (const stack of [storage, ingestion, analytics, serving]) {
  new ServiceAlarms(stack, 'Alarms').watchAll(stack, {
    streamMaxIteratorAge: Duration.hours(1), searchFreeStorage: Size.gibibytes(5), cacheMemoryPercent: 80,
  });
}
// Each stack has a topic for its alarms, which is of no use until somebody reads it.
for (const stack of [recovery, storage, ingestion, analytics, serving, operations]) {
  AlarmTopic.shared(stack).addSubscription(new EmailSubscription('data-on-call@example.com'));
}

// What customers entrust to the platform ends up in the lake, in its copy, and in the warehouse.
DataClassification.of(app).set(DataClass.INTERNAL);
for (const store of [storage.lake, recovery.copy, analytics.warehouse.cluster]) DataClassification.of(store).set(DataClass.CONFIDENTIAL);

Soc2.require(app, 'CloudTrail.MultiRegionTrailExists');
for (const rule of ['GuardDuty.Enabled', 'SecurityHub.Enabled', 'Config.RecorderEnabled']) {
  Soc2.inherit(app, rule, { providedBy: 'Landing zone, account 999999999999', evidence: 'control register of the platform team, LZ-7' });
}

app.synth();
