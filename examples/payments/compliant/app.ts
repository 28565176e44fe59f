import { App } from 'aws-cdk-lib';
import { PaymentsStage } from './payments-stage';
import { DataClass, DataClassification, EvidenceFormat, Soc2, TrustServicesCategory } from 'cdk-soc2';

const app = new App();

// The gate: every template of the app is judged when it is synthesized, and the evidence lies in soc2.out beside the cloud assembly.
Soc2.apply(app, {
  categories: [TrustServicesCategory.SECURITY, TrustServicesCategory.AVAILABILITY, TrustServicesCategory.CONFIDENTIALITY],
  evidenceFormats: [EvidenceFormat.JSON, EvidenceFormat.HTML],
  strict: true,
});

new PaymentsStage(app, 'Staging', { env: { account: '111111111111', region: 'eu-west-1' } });
new PaymentsStage(app, 'Production', { env: { account: '222222222222', region: 'eu-west-1' } });

// Nothing here is meant for the public. Whoever classifies a store as confidential or personal is asked for more.
DataClassification.of(app).set(DataClass.INTERNAL);

// The stages bring a trail of their own, and must. What watches the accounts, the organization's landing zone provides.
Soc2.require(app, 'CloudTrail.MultiRegionTrailExists');
for (const rule of ['GuardDuty.Enabled', 'SecurityHub.Enabled', 'Config.RecorderEnabled']) {
  Soc2.inherit(app, rule, { providedBy: 'Landing zone, account 999999999999', evidence: 'control register of the platform team, LZ-7' });
}

app.synth();
