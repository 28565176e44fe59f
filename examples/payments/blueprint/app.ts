import { App, PropertyInjectors } from 'aws-cdk-lib';
import { PaymentsStage } from './payments-stage';
import { Soc2, Soc2Blueprint } from 'cdk-soc2';

const app = new App();

// The secure defaults, for every plain L2 that is made from here on, in Stages and nested stacks, too.
PropertyInjectors.of(app).add(...Soc2Blueprint.injectors());
Soc2.apply(app, { strict: true });

new PaymentsStage(app, 'Staging', { env: { account: '111111111111', region: 'eu-west-1' } });
new PaymentsStage(app, 'Production', { env: { account: '222222222222', region: 'eu-west-1' } });

app.synth();
