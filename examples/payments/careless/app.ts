import { App } from 'aws-cdk-lib';
import { PaymentsStage } from './payments-stage';
import { Soc2 } from 'cdk-soc2';

const app = new App();

Soc2.apply(app, { strict: true });

new PaymentsStage(app, 'Staging', { env: { account: '111111111111', region: 'eu-west-1' } });
new PaymentsStage(app, 'Production', { env: { account: '222222222222', region: 'eu-west-1' } });

app.synth();
