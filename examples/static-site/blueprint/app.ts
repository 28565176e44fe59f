import { App, PropertyInjectors } from 'aws-cdk-lib';
import { SiteStack } from './site-stack';
import { EvidenceFormat, Soc2, Soc2Blueprint } from 'cdk-soc2';

const app = new App();

// The secure defaults, for every plain L2 that is made from here on.
PropertyInjectors.of(app).add(...Soc2Blueprint.injectors());
Soc2.apply(app, { evidenceFormats: [EvidenceFormat.JSON, EvidenceFormat.HTML], strict: true });

new SiteStack(app, 'Site', {
  env: { account: '111111111111', region: 'us-east-1' },
  domainName: 'www.example.com',
  zone: { hostedZoneId: 'Z0123456789ABCDEFGHIJ', zoneName: 'example.com' },
});

app.synth();
