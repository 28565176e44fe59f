import { App } from 'aws-cdk-lib';
import { PaymentsStage } from './payments-stage';
import { EvidenceFormat, Soc2, TrustServicesCategory } from 'cdk-soc2';

const app = new App();

// The gate: every template of the app is judged when it is synthesized, and the evidence lies in soc2.out beside the cloud assembly.
Soc2.apply(app, {
  categories: [TrustServicesCategory.SECURITY, TrustServicesCategory.AVAILABILITY, TrustServicesCategory.CONFIDENTIALITY],
  evidenceFormats: [EvidenceFormat.JSON, EvidenceFormat.HTML],
  strict: true,
});

new PaymentsStage(app, 'Staging', { env: { account: '111111111111', region: 'eu-west-1' } });
new PaymentsStage(app, 'Production', { env: { account: '222222222222', region: 'eu-west-1' } });

app.synth();
