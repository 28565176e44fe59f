import { App, PropertyInjectors } from 'aws-cdk-lib';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { PlatformStack } from './platform-stack';
import { AlarmTopic, EvidenceFormat, Soc2, Soc2Blueprint, TrustServicesCategory } from 'cdk-soc2';

const app = new App();

// All that makes the stack below secure. It comes first: injectors reach what is made after them.
PropertyInjectors.of(app).add(...Soc2Blueprint.injectors());

Soc2.apply(app, {
  categories: Object.values(TrustServicesCategory),
  evidenceFormats: [EvidenceFormat.JSON, EvidenceFormat.HTML],
  strict: true,
});

const platform = new PlatformStack(app, 'Platform', { env: { account: '333333333333', region: 'eu-west-1' } });
// The queues for dead letters that functions and queues get ring when something is in them.
AlarmTopic.shared(platform).addSubscription(new EmailSubscription('data-on-call@example.com'));

for (const rule of ['CloudTrail.MultiRegionTrailExists', 'GuardDuty.Enabled', 'SecurityHub.Enabled', 'Config.RecorderEnabled']) {
  Soc2.inherit(app, rule, { providedBy: 'Landing zone, account 999999999999', evidence: 'control register of the platform team, LZ-7' });
}

app.synth();
