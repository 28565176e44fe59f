import { App } from 'aws-cdk-lib';
import { SiteStack } from './site-stack';
import { DataClass, DataClassification, EvidenceFormat, Soc2 } from 'cdk-soc2';

const app = new App();

Soc2.apply(app, { evidenceFormats: [EvidenceFormat.JSON, EvidenceFormat.HTML], strict: true });

// In us-east-1 stand the certificates and firewalls of CloudFront, and from there its logs are delivered.
const site = new SiteStack(app, 'Site', {
  env: { account: '111111111111', region: 'us-east-1' },
  domainName: 'www.example.com',
  zone: { hostedZoneId: 'Z0123456789ABCDEFGHIJ', zoneName: 'example.com' },
});

// What is on the site is for everyone, the logs of who read it are not.
DataClassification.of(site).set(DataClass.INTERNAL);
DataClassification.of(site.content).set(DataClass.PUBLIC);

app.synth();
