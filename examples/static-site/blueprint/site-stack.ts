import { Stack, StackProps } from 'aws-cdk-lib';
import { Certificate, CertificateValidation } from 'aws-cdk-lib/aws-certificatemanager';
import { Distribution } from 'aws-cdk-lib/aws-cloudfront';
import { S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { AaaaRecord, ARecord, HostedZone, HostedZoneAttributes, RecordTarget } from 'aws-cdk-lib/aws-route53';
import { CloudFrontTarget } from 'aws-cdk-lib/aws-route53-targets';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';

export interface SiteStackProps extends StackProps {
  readonly domainName: string;
  /** The hosted zone that the domain is in. */
  readonly zone: HostedZoneAttributes;
}

export class SiteStack extends Stack {
  constructor(scope: Construct, id: string, { domainName, zone: attributes, ...props }: SiteStackProps) {
    super(scope, id, props);
    const zone = HostedZone.fromHostedZoneAttributes(this, 'Zone', attributes);
    const distribution = new Distribution(this, 'Distribution', {
      domainNames: [domainName],
      certificate: new Certificate(this, 'Certificate', { domainName, validation: CertificateValidation.fromDns(zone) }),
      defaultBehavior: { origin: S3BucketOrigin.withOriginAccessControl(new Bucket(this, 'Content')) },
      defaultRootObject: 'index.html',
    });
    const record = { zone, recordName: domainName, target: RecordTarget.fromAlias(new CloudFrontTarget(distribution)) };
    new ARecord(this, 'Ipv4', record);
    new AaaaRecord(this, 'Ipv6', record);
  }
}
