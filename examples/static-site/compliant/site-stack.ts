import { Annotations, Stack, StackProps } from 'aws-cdk-lib';
import { Certificate, CertificateValidation } from 'aws-cdk-lib/aws-certificatemanager';
import { S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { AaaaRecord, ARecord, HostedZone, HostedZoneAttributes, RecordTarget } from 'aws-cdk-lib/aws-route53';
import { CloudFrontTarget } from 'aws-cdk-lib/aws-route53-targets';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import { SecureBucket, SecureDistribution, ServiceAlarms } from 'cdk-soc2';

export interface SiteStackProps extends StackProps {
  readonly domainName: string;
  /** The hosted zone that the domain is in. */
  readonly zone: HostedZoneAttributes;
}

/** A static site: a private bucket, which CloudFront alone may read, behind a firewall. */
export class SiteStack extends Stack {
  readonly content: SecureBucket;

  constructor(scope: Construct, id: string, { domainName, zone: attributes, ...props }: SiteStackProps) {
    super(scope, id, props);
    const zone = HostedZone.fromHostedZoneAttributes(this, 'Zone', attributes);
    const certificate = new Certificate(this, 'Certificate', { domainName, validation: CertificateValidation.fromDns(zone) });
    this.content = new SecureBucket(this, 'Content');
    const distribution = new SecureDistribution(this, 'Distribution', {
      domainNames: [domainName],
      certificate,
      defaultBehavior: { origin: S3BucketOrigin.withOriginAccessControl(this.content) },
      defaultRootObject: 'index.html',
    });
    Annotations.of(this).acknowledgeWarning('@aws-cdk/aws-cloudfront-origins:wildcardKeyPolicyForOac',
      'the key lets distributions of this account read, and the policy of the bucket this one only');
    const record = { zone, recordName: domainName, target: RecordTarget.fromAlias(new CloudFrontTarget(distribution)) };
    new ARecord(this, 'Ipv4', record);
    new AaaaRecord(this, 'Ipv6', record);

    const alarms = new ServiceAlarms(this, 'Watch');
    alarms.watchCertificate(certificate);
    alarms.topic.addSubscription(new EmailSubscription('web@example.com'));
    distribution.metric5xxErrorRate().createAlarm(this, 'Errors', { threshold: 5, evaluationPeriods: 1, treatMissingData: TreatMissingData.NOT_BREACHING })
      .addAlarmAction(new SnsAction(alarms.topic));
  }
}
