import { CfnOutput, Fn, NestedStack, PropertyInjectors, Stack, StackProps } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as wafv2 from 'aws-cdk-lib/aws-wafv2';
import { Construct } from 'constructs';
import { appWith, claimsIn, CONCRETE, describeConstruct, modelOf, optionalOf } from './harness';
import { LOGS_UNDER_SSE_S3, NOT_REPLICATED } from './nag-findings';
import { OptOut } from '../../src';
import { HardeningInjector } from '../../src/blueprint/injectors';
import { HttpsListenerProps, SecureBucket, SecureLoadBalancer, SecureLoadBalancerProps, SecureVpc, WebFirewall } from '../../src/constructs';
import { applicationListenerHardening, networkListenerHardening } from '../../src/constructs/network/listener-hardening';
import { applicationLoadBalancerHardening, networkLoadBalancerHardening } from '../../src/constructs/network/load-balancer-hardening';
import { AccessLogBucket } from '../../src/constructs/storage/access-log-bucket';
import { listenerDefaults, loadBalancerDefaults } from '../../src/defaults';
import { describeInjected } from '../blueprint/injected';

const CERTIFICATE = 'arn:aws:acm:eu-west-1:111111111111:certificate/12345678-1234-1234-1234-123456789012';
const vpcFor = (scope: Construct, id: string): ec2.IVpc => ec2.Vpc.fromVpcAttributes(scope, `${id}Vpc`, {
  vpcId: 'vpc-12345678',
  availabilityZones: ['eu-west-1a', 'eu-west-1b'],
  publicSubnetIds: ['subnet-12345678', 'subnet-23456789'],
  publicSubnetRouteTableIds: ['rtb-12345678', 'rtb-12345678'],
  privateSubnetIds: ['subnet-34567890', 'subnet-45678901'],
  privateSubnetRouteTableIds: ['rtb-23456789', 'rtb-23456789'],
});

const cfn = (balancer: elbv2.BaseLoadBalancer): elbv2.CfnLoadBalancer => balancer.node.defaultChild as elbv2.CfnLoadBalancer;
const attribute = (key: string, value?: string) => (balancer: SecureLoadBalancer) => (value === undefined ? balancer.removeAttribute(key) : balancer.setAttribute(key, value));

describeConstruct<SecureLoadBalancerProps>({
  name: 'SecureLoadBalancer',
  make: (scope, id, props) => new SecureLoadBalancer(scope, id, { ...props, vpc: props?.vpc ?? vpcFor(scope, id), internetFacing: props?.internetFacing ?? true }),
  optional: optionalOf<SecureLoadBalancerProps>()([
    'optOuts', 'accessLogs', 'connectionLogs', 'logBucket', 'behindFirewall', 'firewall', 'securityGroup', 'ipAddressType', 'http2Enabled', 'idleTimeout',
    'dropInvalidHeaderFields', 'desyncMitigationMode', 'clientKeepAlive', 'preserveHostHeader', 'xAmznTlsVersionAndCipherSuiteHeaders', 'preserveXffClientPort',
    'xffHeaderProcessingMode', 'wafFailOpen', 'loadBalancerName', 'internetFacing', 'vpcSubnets', 'deletionProtection', 'crossZoneEnabled', 'denyAllIgwTraffic',
    'minimumCapacityUnit',
  ]),
  breaks: {
    'ELBv2.DeletionProtection': attribute('deletion_protection.enabled', 'false'),
    'ELBv2.DropInvalidHeaders': attribute('routing.http.drop_invalid_header_fields.enabled', 'false'),
    'ELBv2.DesyncMitigation': attribute('routing.http.desync_mitigation_mode', 'monitor'),
    'ELBv2.AccessLogs': attribute('access_logs.s3.enabled', 'false'),
    'ELBv2.MultiAz': (balancer: SecureLoadBalancer) => cfn(balancer).addPropertyOverride('Subnets', ['subnet-12345678']),
    'ELBv2.WebAcl': (balancer: SecureLoadBalancer) => balancer.node.tryRemoveChild('WebFirewall'),
  },
  weakenings: [
    { props: { deletionProtection: false }, says: 'deletionProtection: false', rules: ['ELBv2.DeletionProtection'] },
    { props: { dropInvalidHeaderFields: false }, says: 'dropInvalidHeaderFields: false', rules: ['ELBv2.DropInvalidHeaders'] },
    { props: { desyncMitigationMode: elbv2.DesyncMitigationMode.MONITOR }, says: 'desyncMitigationMode: MONITOR', rules: ['ELBv2.DesyncMitigation'] },
    { props: { accessLogs: false }, says: 'accessLogs: false', rules: ['ELBv2.AccessLogs'] },
    { props: { behindFirewall: false }, says: 'behindFirewall: false', rules: ['ELBv2.WebAcl'] },
    { props: { vpcSubnets: { subnetType: ec2.SubnetType.PUBLIC, availabilityZones: ['eu-west-1a'] } }, says: 'vpcSubnets of one zone', rules: ['ELBv2.MultiAz'] },
  ],
  uses: (balancer: SecureLoadBalancer, consumer) => {
    new CfnOutput(consumer, 'Name', { value: balancer.loadBalancerDnsName });
    balancer.metrics.requestCount().createAlarm(consumer, 'Alarm', { threshold: 1, evaluationPeriods: 1 });
  },
  given: (elsewhere) => ({ logBucket: new AccessLogBucket(elsewhere, 'Logs'), firewall: new WebFirewall(elsewhere, 'Firewall') }),
  nag: {
    'AwsSolutions-S1 S/SharedAccessLogs/Resource': 'it receives the logs of load balancers, which cdk-nag does not know',
    'NIST.800.53.R5-S3BucketLoggingEnabled S/SharedAccessLogs/Resource': 'it receives the logs of load balancers, which cdk-nag does not know',
    'NIST.800.53.R5-S3BucketReplicationEnabled S/SharedAccessLogs/Resource': NOT_REPLICATED,
    'NIST.800.53.R5-S3DefaultEncryptionKMS S/SharedAccessLogs/Resource': LOGS_UNDER_SSE_S3,
  },
});

describeInjected<elbv2.ApplicationLoadBalancerProps>({
  name: 'elbv2.ApplicationLoadBalancer',
  hardening: applicationLoadBalancerHardening,
  make: (scope, id, props) => new elbv2.ApplicationLoadBalancer(scope, id, { ...props, vpc: vpcFor(scope, id), internetFacing: true }),
  defaults: { 'AWS::ElasticLoadBalancingV2::LoadBalancer': loadBalancerDefaults },
  explicit: { props: { deletionProtection: false }, rule: 'ELBv2.DeletionProtection' },
});

describe('elbv2.ApplicationLoadBalancer under its injector', () => {
  const associations = (props: Partial<elbv2.ApplicationLoadBalancerProps>, more: (balancer: elbv2.ApplicationLoadBalancer) => void = () => undefined): number => {
    const app = appWith();
    PropertyInjectors.of(app).add(new HardeningInjector(applicationLoadBalancerHardening));
    const stack = new Stack(app, 'S', CONCRETE);
    more(new elbv2.ApplicationLoadBalancer(stack, 'X', { vpc: vpcFor(stack, 'X'), ...props }));
    return Object.keys(Template.fromStack(stack).findResources('AWS::WAFv2::WebACLAssociation')).length;
  };

  test('is behind the firewall that the stack shares when it faces the internet', () => expect([associations({ internetFacing: true }), associations({})]).toEqual([1, 0]));

  test('keeps the web ACL that it has', () => {
    const own = (balancer: elbv2.ApplicationLoadBalancer): void => void new wafv2.CfnWebACLAssociation(balancer, 'Own', { resourceArn: balancer.loadBalancerArn, webAclArn: 'arn:aws:wafv2:eu-west-1:111111111111:regional/webacl/x/y' });
    expect(associations({ internetFacing: true }, own)).toBe(1);
  });
});

describeInjected<elbv2.NetworkLoadBalancerProps>({
  name: 'elbv2.NetworkLoadBalancer',
  hardening: networkLoadBalancerHardening,
  make: (scope, id, props) => new elbv2.NetworkLoadBalancer(scope, id, { ...props, vpc: vpcFor(scope, id) }),
  defaults: { 'AWS::ElasticLoadBalancingV2::LoadBalancer': loadBalancerDefaults },
  explicit: { props: { deletionProtection: false }, rule: 'ELBv2.DeletionProtection' },
});

describeInjected<elbv2.ApplicationListenerProps>({
  name: 'elbv2.ApplicationListener',
  hardening: applicationListenerHardening,
  make: (scope, id, props) => new elbv2.ApplicationLoadBalancer(scope, id, { vpc: vpcFor(scope, id) }).addListener('Https', {
    ...props, port: 443, certificates: [{ certificateArn: CERTIFICATE }], defaultAction: elbv2.ListenerAction.fixedResponse(404),
  }),
  defaults: { 'AWS::ElasticLoadBalancingV2::Listener': listenerDefaults },
  explicit: { props: { sslPolicy: elbv2.SslPolicy.TLS13_10 }, rule: 'ELBv2.TlsPolicy' },
});

describeInjected<elbv2.NetworkListenerProps>({
  name: 'elbv2.NetworkListener',
  hardening: networkListenerHardening,
  make: (scope, id, props) => {
    const balancer = new elbv2.NetworkLoadBalancer(scope, id, { vpc: vpcFor(scope, id) });
    const group = new elbv2.NetworkTargetGroup(scope, `${id}Targets`, { vpc: balancer.vpc, port: 443, targetType: elbv2.TargetType.IP });
    return balancer.addListener('Tls', { ...props, port: 443, certificates: [{ certificateArn: CERTIFICATE }], defaultTargetGroups: [group] });
  },
  defaults: { 'AWS::ElasticLoadBalancingV2::Listener': listenerDefaults },
  explicit: { props: { sslPolicy: elbv2.SslPolicy.TLS13_10 }, rule: 'ELBv2.TlsPolicy' },
});

describe('SecureLoadBalancer', () => {
  const made = (props: Partial<SecureLoadBalancerProps> = {}, env: StackProps = CONCRETE, app = appWith()): { stack: Stack; balancer: SecureLoadBalancer } => {
    const stack = new Stack(app, 'S', env);
    return { stack, balancer: new SecureLoadBalancer(stack, 'X', { vpc: vpcFor(stack, 'X'), ...props }) };
  };
  const attributes = (stack: Stack): Record<string, unknown> => {
    const [{ Properties }] = Object.values(Template.fromStack(stack).findResources('AWS::ElasticLoadBalancingV2::LoadBalancer'));
    return Object.fromEntries(Properties.LoadBalancerAttributes.map(({ Key, Value }: { Key: string; Value: unknown }) => [Key, Value]));
  };
  const allowed = (stack: Stack): Record<string, any>[] => Object.values(Template.fromStack(stack).findResources('AWS::S3::BucketPolicy'))
    .flatMap(({ Properties }) => Properties.PolicyDocument.Statement).filter(({ Effect, Principal }) => Effect === 'Allow' && /elasticloadbalancing|delivery/.test(JSON.stringify(Principal)));

  test.each<[string, StackProps, unknown]>([
    ['of any region', {}, { Ref: 'AWS::AccountId' }],
    ['of an old region', { env: { account: '111111111111', region: 'us-east-1' } }, '111111111111'],
    ['of a new region', { env: { account: '111111111111', region: 'il-central-1' } }, '111111111111'],
  ])('logs to the shared bucket in a stack %s, by one statement, for this account', (_, env, account) => {
    const { stack } = made({}, env);
    new SecureLoadBalancer(stack, 'Second', { vpc: vpcFor(stack, 'Second') });
    const [bucket] = Object.keys(Template.fromStack(stack).findResources('AWS::S3::Bucket'));
    const path = typeof account === 'string' ? [`/AWSLogs/${account}/*`] : ['/AWSLogs/', account, '/*'];
    expect(allowed(stack)).toEqual([{
      Effect: 'Allow',
      Principal: { Service: 'logdelivery.elasticloadbalancing.amazonaws.com' },
      Action: 's3:PutObject',
      Resource: { 'Fn::Join': ['', [{ 'Fn::GetAtt': [bucket, 'Arn'] }, ...path]] },
    }]);
    expect(JSON.stringify(Template.fromStack(stack).findResources('AWS::ElasticLoadBalancingV2::LoadBalancer'))).toContain(`{"Key":"access_logs.s3.bucket","Value":{"Ref":"${bucket}"}}`);
    Template.fromStack(stack).allResources('AWS::ElasticLoadBalancingV2::LoadBalancer', { DependsOn: Match.arrayWith([Match.stringLikeRegexp('^SharedAccessLogsPolicy')]) });
    Template.fromStack(stack).hasResourceProperties('AWS::S3::Bucket', {
      BucketEncryption: { ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }] },
    });
  });

  test('keeps connection logs unless told not to', () => {
    expect(attributes(made().stack)).toMatchObject({ 'access_logs.s3.enabled': 'true', 'connection_logs.s3.enabled': 'true' });
    expect(attributes(made({ connectionLogs: false }).stack)).not.toHaveProperty('connection_logs.s3.enabled');
  });

  test('logs below a prefix on request, and elsewhere in place of the shared bucket', () => {
    const { stack, balancer } = made();
    const own = new AccessLogBucket(stack, 'Own');
    balancer.logAccessLogs(own, 'web');
    expect(attributes(stack)).toMatchObject({ 'access_logs.s3.bucket': stack.resolve(own.bucketName), 'access_logs.s3.prefix': 'web' });
    expect(JSON.stringify(allowed(stack))).toContain('/web/AWSLogs/111111111111/*');
    balancer.logAccessLogs(own);
    expect(attributes(stack)).not.toHaveProperty('access_logs.s3.prefix');
  });

  test.each([['web/'], ['/web/'], ['web']])('logs below %s where its policy admits it: Elastic Load Balancing adds the slash', (prefix) => {
    const { stack, balancer } = made();
    balancer.logAccessLogs(new AccessLogBucket(stack, 'Own'), prefix);
    expect(attributes(stack)).toMatchObject({ 'access_logs.s3.prefix': 'web' });
    expect(JSON.stringify(allowed(stack))).toContain('"/web/AWSLogs/111111111111/*"');
  });

  test('refuses a prefix that Elastic Load Balancing does', () => {
    const { stack, balancer } = made();
    expect(() => balancer.logAccessLogs(new AccessLogBucket(stack, 'Own'), 'AWSLogs/web'))
      .toThrow('load balancer at S/X: no logs are delivered to S/Own, under the prefix AWSLogs/web, which has AWSLogs in it; leave that out, as Elastic Load Balancing adds it');
  });

  test.each<[string, (stack: Stack) => s3.IBucket, string]>([
    ['of a key', (stack) => new SecureBucket(stack, 'B'), 'which is encrypted by KMS; give a bucket with S3_MANAGED encryption, such as AccessLogBucket'],
    ['of the key of AWS', (stack) => new s3.Bucket(stack, 'B', { encryption: s3.BucketEncryption.KMS_MANAGED }), 'which is encrypted by KMS'],
    ['of another region', (stack) => s3.Bucket.fromBucketAttributes(stack, 'B', { bucketName: 'logs-of-all', region: 'us-east-1' }), 'which is in the region us-east-1; it must be in eu-west-1'],
  ])('refuses a log bucket %s', (_, bucket, why) => {
    const stack = new Stack(appWith(), 'S', CONCRETE);
    expect(() => new SecureLoadBalancer(stack, 'X', { vpc: vpcFor(stack, 'X'), logBucket: bucket(stack) })).toThrow(`load balancer at S/X: no logs are delivered to S/B, ${why}`);
  });

  test('warns of a log bucket whose policy cannot be seen', () => {
    const stack = new Stack(appWith(), 'S', CONCRETE);
    new SecureLoadBalancer(stack, 'X', { vpc: vpcFor(stack, 'X'), logBucket: s3.Bucket.fromBucketName(stack, 'B', 'logs-of-all') });
    Annotations.fromStack(stack).hasWarning('/S/X', Match.stringLikeRegexp('must let Elastic Load Balancing put objects below AWSLogs/'));
  });

  test.each<[string, Partial<SecureLoadBalancerProps>, number]>([
    ['none, being internal', {}, 0],
    ['the shared one, facing the internet', { internetFacing: true }, 1],
    ['the shared one, being internal, on request', { behindFirewall: true }, 1],
  ])('is behind a firewall: %s', (_, props, count) => {
    const { stack } = made(props);
    Template.fromStack(stack).resourceCountIs('AWS::WAFv2::WebACL', count);
    Template.fromStack(stack).resourceCountIs('AWS::WAFv2::WebACLAssociation', count);
  });

  test('is behind the firewall that is given', () => {
    const stack = new Stack(appWith(), 'S', CONCRETE);
    const firewall = new WebFirewall(stack, 'Mine');
    new SecureLoadBalancer(stack, 'X', { vpc: vpcFor(stack, 'X'), firewall });
    Template.fromStack(stack).resourceCountIs('AWS::WAFv2::WebACL', 1);
    Template.fromStack(stack).hasResourceProperties('AWS::WAFv2::WebACLAssociation', { WebACLArn: stack.resolve(firewall.webAclArn), ResourceArn: { Ref: Match.stringLikeRegexp('^X') } });
  });

  test('does not claim a firewall where none is asked for, nor zones that are not known', () => {
    const app = appWith();
    const stack = new Stack(app, 'S', CONCRETE);
    const [zones, subnets, tables] = ['Zones', 'Subnets', 'Tables'].map((name) => Fn.split(',', Fn.importValue(name)));
    const vpc = ec2.Vpc.fromVpcAttributes(stack, 'V', { vpcId: 'vpc-12345678', availabilityZones: zones, isolatedSubnetIds: subnets, isolatedSubnetRouteTableIds: tables });
    new SecureLoadBalancer(stack, 'X', { vpc });
    expect(claimsIn(modelOf(app), 'SecureLoadBalancer').map(({ rule }) => rule)).toEqual([
      'ELBv2.AccessLogs', 'ELBv2.DeletionProtection', 'ELBv2.DesyncMitigation', 'ELBv2.DropInvalidHeaders',
    ]);
  });

  test('stands in a nested stack, with the firewall and the log bucket of the outermost one', () => {
    const app = appWith();
    const nested = new NestedStack(new Stack(app, 'S', CONCRETE), 'N');
    const vpc = new SecureVpc(nested, 'V');
    new SecureLoadBalancer(nested, 'X', { vpc, internetFacing: true }).addHttpsListener('Https', { certificates: [new acm.Certificate(nested, 'C', { domainName: 'example.com' })], defaultAction: elbv2.ListenerAction.fixedResponse(404) });
    expect(claimsIn(modelOf(app)).filter(({ verdict }) => verdict !== 'pass')).toEqual([]);
  });

  describe('with an HTTPS listener', () => {
    const defaultAction = elbv2.ListenerAction.fixedResponse(404);
    const certificates = [{ certificateArn: CERTIFICATE }];
    const listening = (props: HttpsListenerProps, app = appWith()): Template => {
      const { stack, balancer } = made({}, CONCRETE, app);
      balancer.addHttpsListener('Https', props);
      return Template.fromStack(stack);
    };

    test('takes TLS 1.2 and later, and leads port 80 there', () => {
      const template = listening({ certificates, defaultAction });
      template.resourceCountIs('AWS::ElasticLoadBalancingV2::Listener', 2);
      template.hasResourceProperties('AWS::ElasticLoadBalancingV2::Listener', { Port: 443, Protocol: 'HTTPS', SslPolicy: 'ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09', Certificates: [{ CertificateArn: CERTIFICATE }] });
      template.hasResourceProperties('AWS::ElasticLoadBalancingV2::Listener', {
        Port: 80, Protocol: 'HTTP', SslPolicy: Match.absent(), DefaultActions: [{ Type: 'redirect', RedirectConfig: { Protocol: 'HTTPS', Port: '443', StatusCode: 'HTTP_301' } }],
      });
    });

    test.each<[string, (stack: Stack) => elbv2.IListenerCertificate]>([
      ['by ARN', () => ({ certificateArn: CERTIFICATE })],
      ['of this stack', (stack) => new acm.Certificate(stack, 'C', { domainName: 'example.com' })],
      ['of another stack', (stack) => new acm.Certificate(new Stack(stack.node.root as Construct, 'Other', CONCRETE), 'C', { domainName: 'example.com' })],
    ])('claims what it holds, with a certificate %s', (_, certificate) => {
      const app = appWith();
      const { stack, balancer } = made({}, CONCRETE, app);
      balancer.addHttpsListener('Https', { certificates: [certificate(stack)], defaultAction });
      const claims = claimsIn(modelOf(app), 'SecureLoadBalancer').filter(({ resource }) => resource.type.endsWith('Listener'));
      expect(claims.map(({ rule, verdict }) => `${rule} ${verdict}`).sort())
        .toEqual(['ELBv2.AcmCertificate pass', 'ELBv2.HttpsOnly pass', 'ELBv2.HttpsOnly pass', 'ELBv2.TlsPolicy pass']);
    });

    test('does not claim a certificate that is known by reference only', () => {
      const app = appWith();
      const { stack, balancer } = made({}, CONCRETE, app);
      balancer.addHttpsListener('Https', { certificates: [{ certificateArn: stack.formatArn({ service: 'iam', resource: 'server-certificate/old' }) }], defaultAction });
      expect(claimsIn(modelOf(app), 'SecureLoadBalancer').map(({ rule }) => rule)).not.toContain('ELBv2.AcmCertificate');
    });

    test.each<[string, Partial<HttpsListenerProps>, string]>([
      ['sslPolicy: ELBSecurityPolicy-TLS13-1-0-2021-06', { sslPolicy: elbv2.SslPolicy.TLS13_10 }, 'ELBv2.TlsPolicy'],
      ['sslPolicy: ELBSecurityPolicy-2016-08', { sslPolicy: elbv2.SslPolicy.RECOMMENDED }, 'ELBv2.TlsPolicy'],
      ['certificates that are not in AWS Certificate Manager', { certificates: [{ certificateArn: 'arn:aws:iam::111111111111:server-certificate/old' }] }, 'ELBv2.AcmCertificate'],
    ])('asks for a reason: %s', (says, props, rule) => {
      expect(() => listening({ certificates, defaultAction, ...props })).toThrow(`SecureLoadBalancer at S/X/Https: ${says} weakens ${rule}; leave it out`);
      const app = appWith();
      listening({ certificates, defaultAction, ...props, optOuts: [OptOut.of(rule, { reason: 'old clients' })] }, app);
      expect(claimsIn(modelOf(app)).filter(({ verdict }) => verdict !== 'pass')).toEqual([]);
    });

    test.each([elbv2.SslPolicy.TLS13_13, elbv2.SslPolicy.RECOMMENDED_TLS, elbv2.SslPolicy.FIPS_TLS13_12_RES, elbv2.SslPolicy.TLS12])('takes the policy %s as it is', (sslPolicy) => {
      const app = appWith();
      listening({ certificates, defaultAction, sslPolicy }, app).hasResourceProperties('AWS::ElasticLoadBalancingV2::Listener', { SslPolicy: sslPolicy });
      expect(claimsIn(modelOf(app)).filter(({ verdict }) => verdict !== 'pass')).toEqual([]);
    });

    test('leads port 80 to the port it has, not to the world unless open, and not twice', () => {
      const { stack, balancer } = made();
      balancer.addHttpsListener('Https', { certificates, defaultAction, port: 8443, open: false });
      balancer.addHttpsListener('Second', { certificates, defaultAction, port: 9443 });
      const template = Template.fromStack(stack);
      template.resourceCountIs('AWS::ElasticLoadBalancingV2::Listener', 3);
      template.hasResourceProperties('AWS::ElasticLoadBalancingV2::Listener', { Port: 80, DefaultActions: [Match.objectLike({ RedirectConfig: Match.objectLike({ Port: '8443' }) })] });
      const [{ Properties }] = Object.values(template.findResources('AWS::EC2::SecurityGroup'));
      expect(Properties.SecurityGroupIngress.map(({ FromPort }: { FromPort: number }) => FromPort)).toEqual([9443]);
    });

    test('leaves port 80 alone on request', () => {
      listening({ certificates, defaultAction, redirectHttp: false }).resourceCountIs('AWS::ElasticLoadBalancingV2::Listener', 1);
    });

    test.each<[string, HttpsListenerProps, string]>([
      ['without a certificate', { defaultAction }, 'needs a certificate; give certificates: [new Certificate(…)]'],
      ['for HTTP', { certificates, defaultAction, protocol: elbv2.ApplicationProtocol.HTTP }, 'is not for protocol: HTTP; leave it out, or use addListener()'],
    ])('refuses one %s', (_, props, why) => {
      expect(() => listening(props)).toThrow(`SecureLoadBalancer at S/X: addHttpsListener('Https') ${why}`);
    });

    test.each<[string, elbv2.BaseApplicationListenerProps, string | undefined]>([
      ['of HTTPS', { protocol: elbv2.ApplicationProtocol.HTTPS, port: 1443, certificates }, 'ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09'],
      ['of port 443', { port: 443, certificates }, 'ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09'],
      ['of HTTP', { port: 8080 }, undefined],
    ])('and a plain one %s', (_, props, policy) => {
      const { stack, balancer } = made();
      balancer.addListener('L', { ...props, defaultAction });
      Template.fromStack(stack).hasResourceProperties('AWS::ElasticLoadBalancingV2::Listener', { SslPolicy: policy ?? Match.absent() });
    });
  });
});

describe('plain load balancers under their injector', () => {
  const stack = (): Stack => new Stack(appWith(), 'S', CONCRETE);

  test('log where they were told to', () => {
    const scope = stack();
    const balancer = new elbv2.ApplicationLoadBalancer(scope, 'X', { vpc: vpcFor(scope, 'X') });
    const own = new AccessLogBucket(scope, 'Own');
    balancer.logAccessLogs(own);
    applicationLoadBalancerHardening.complete!(balancer, { vpc: balancer.vpc! });
    const [{ Properties }] = Object.values(Template.fromStack(scope).findResources('AWS::ElasticLoadBalancingV2::LoadBalancer'));
    const value = (key: string): unknown => Properties.LoadBalancerAttributes.find(({ Key }: { Key: string }) => Key === key)?.Value;
    expect([value('access_logs.s3.bucket'), value('connection_logs.s3.bucket')]).toEqual([scope.resolve(own.bucketName), scope.resolve(AccessLogBucket.shared(scope).bucketName)]);
  });

  test('of the network are admitted by the service that delivers their logs', () => {
    const scope = stack();
    const balancer = new elbv2.NetworkLoadBalancer(scope, 'X', { vpc: vpcFor(scope, 'X') });
    networkLoadBalancerHardening.complete!(balancer, { vpc: balancer.vpc! });
    Template.fromStack(scope).hasResourceProperties('AWS::S3::BucketPolicy', {
      PolicyDocument: {
        Statement: Match.arrayWith([Match.objectLike({
          Action: 's3:PutObject',
          Principal: { Service: 'delivery.logs.amazonaws.com' },
          Condition: Match.objectLike({ StringEquals: { 'aws:SourceAccount': '111111111111', 's3:x-amz-acl': 'bucket-owner-full-control' } }),
        })]),
      },
    });
  });

  test.each<[string, elbv2.NetworkListenerProps, elbv2.SslPolicy | undefined]>([
    ['TCP', { loadBalancer: undefined as never, port: 443 }, undefined],
    ['TLS', { loadBalancer: undefined as never, port: 443, protocol: elbv2.Protocol.TLS }, elbv2.SslPolicy.TLS13_12_RES_PQ],
    ['TLS by its certificates', { loadBalancer: undefined as never, port: 443, certificates: [{ certificateArn: CERTIFICATE }] }, elbv2.SslPolicy.TLS13_12_RES_PQ],
  ])('take a policy where they end TLS: %s', (_, props, policy) => {
    expect(networkListenerHardening.harden(stack(), 'L', props).sslPolicy).toBe(policy);
  });
});
