import { Lazy, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as opensearch from 'aws-cdk-lib/aws-opensearchservice';
import flags from 'aws-cdk-lib/recommended-feature-flags.json';
import { appWith, claimsIn, CONCRETE, describeConstruct, modelOf, optionalOf } from './harness';
import { EncryptionKey, SecureLogGroup, SecureSearchDomain, SecureSearchDomainProps } from '../../src/constructs';
import { searchDomainHardening } from '../../src/constructs/database/search-domain-hardening';
import { OptOut } from '../../src/declarations/opt-out';
import { searchDomainDefaults } from '../../src/defaults';
import { describeInjected } from '../blueprint/injected';

const version = opensearch.EngineVersion.OPENSEARCH_2_19;
const subnetConfiguration = [{ name: 'public', subnetType: ec2.SubnetType.PUBLIC }, { name: 'data', subnetType: ec2.SubnetType.PRIVATE_ISOLATED }];

function vpcOf(stack: Stack): ec2.Vpc {
  return stack.node.tryFindChild('Vpc') as ec2.Vpc | undefined ?? new ec2.Vpc(stack, 'Vpc', { natGateways: 0, subnetConfiguration });
}

const cfn = (domain: opensearch.Domain): opensearch.CfnDomain => domain.node.defaultChild as opensearch.CfnDomain;
const set = (path: string, value: unknown) => (domain: opensearch.Domain) => cfn(domain).addPropertyOverride(path, value);
const unset = (path: string) => (domain: opensearch.Domain) => cfn(domain).addPropertyDeletionOverride(path);
const because = (...rules: string[]): OptOut[] => rules.map((rule) => OptOut.of(rule, { reason: 'a test' }));

describeConstruct<SecureSearchDomainProps>({
  name: 'SecureSearchDomain',
  make: (scope, id, props) => new SecureSearchDomain(scope, id, { version, ...props, vpc: props?.vpc ?? vpcOf(Stack.of(scope)) }),
  optional: optionalOf<SecureSearchDomainProps>()([
    'optOuts', 'accessPolicies', 'advancedOptions', 'cognitoDashboardsAuth', 'domainName', 'ebs', 'capacity', 'zoneAwareness', 'encryptionAtRest', 'logging',
    'nodeToNodeEncryption', 'automatedSnapshotStartHour', 'vpc', 'securityGroups', 'vpcSubnets', 'enforceHttps', 'tlsSecurityPolicy',
    'fineGrainedAccessControl', 'useUnsignedBasicAuth', 'enableVersionUpgrade', 'removalPolicy', 'customEndpoint', 'offPeakWindowEnabled',
    'offPeakWindowStart', 'enableAutoSoftwareUpdate', 'ipAddressType', 'suppressLogsResourcePolicy', 'coldStorageEnabled', 's3VectorsEngineEnabled',
  ]),
  breaks: {
    'OpenSearch.EncryptedAtRest': set('EncryptionAtRestOptions.Enabled', false),
    'OpenSearch.CustomerKey': unset('EncryptionAtRestOptions.KmsKeyId'),
    'OpenSearch.NodeToNodeEncryption': set('NodeToNodeEncryptionOptions.Enabled', false),
    'OpenSearch.HttpsRequired': set('DomainEndpointOptions.EnforceHTTPS', false),
    'OpenSearch.Tls12': set('DomainEndpointOptions.TLSSecurityPolicy', 'Policy-Min-TLS-1-0-2019-07'),
    'OpenSearch.InVpc': unset('VPCOptions'),
    'OpenSearch.FineGrainedAccess': unset('AdvancedSecurityOptions'),
    'OpenSearch.AuditLogs': unset('LogPublishingOptions.AUDIT_LOGS'),
    'OpenSearch.ErrorLogs': set('LogPublishingOptions.ES_APPLICATION_LOGS.Enabled', false),
    'OpenSearch.SlowLogs': unset('LogPublishingOptions.INDEX_SLOW_LOGS'),
    'OpenSearch.MultiAZ': set('ClusterConfig.ZoneAwarenessEnabled', false),
    'OpenSearch.DedicatedMasters': set('ClusterConfig.DedicatedMasterCount', 2),
    'OpenSearch.AutoSoftwareUpdate': unset('SoftwareUpdateOptions'),
    'Network.DataStorePrivateSubnet': (domain: opensearch.Domain) => (vpcOf(Stack.of(domain)).isolatedSubnets[0].node.defaultChild as ec2.CfnSubnet).addPropertyOverride('MapPublicIpOnLaunch', true),
    'Network.DataStoreGroupsClosed': (domain: opensearch.Domain) => domain.connections.allowDefaultPortFromAnyIpv4(),
    'Network.DataStoreEgress': (domain: opensearch.Domain) => (domain.connections.securityGroups[0].node.defaultChild as ec2.CfnSecurityGroup)
      .addPropertyOverride('SecurityGroupEgress', [{ CidrIp: '0.0.0.0/0', IpProtocol: '-1' }]),
    'Network.OwnSecurityGroup': (domain: opensearch.Domain) => set('VPCOptions.SecurityGroupIds', [
      { 'Fn::GetAtt': [Stack.of(domain).getLogicalId(vpcOf(Stack.of(domain)).node.defaultChild as ec2.CfnVPC), 'DefaultSecurityGroup'] },
    ])(domain),
  },
  weakenings: [
    {
      props: { encryptionAtRest: { enabled: false } },
      says: 'encryptionAtRest: { enabled: false }',
      rules: ['OpenSearch.EncryptedAtRest', 'OpenSearch.CustomerKey', 'OpenSearch.FineGrainedAccess', 'OpenSearch.AuditLogs'],
    },
    { props: { nodeToNodeEncryption: false }, says: 'nodeToNodeEncryption: false', rules: ['OpenSearch.NodeToNodeEncryption', 'OpenSearch.FineGrainedAccess', 'OpenSearch.AuditLogs'] },
    { props: { enforceHttps: false, useUnsignedBasicAuth: false }, says: 'enforceHttps: false', rules: ['OpenSearch.HttpsRequired', 'OpenSearch.FineGrainedAccess', 'OpenSearch.AuditLogs'] },
    { props: { tlsSecurityPolicy: opensearch.TLSSecurityPolicy.TLS_1_0 }, says: 'tlsSecurityPolicy: Policy-Min-TLS-1-0-2019-07', rules: ['OpenSearch.Tls12'] },
    { props: { vpcSubnets: [{ subnetType: ec2.SubnetType.PUBLIC }] }, says: 'vpcSubnets with public subnets', rules: ['Network.DataStorePrivateSubnet'] },
    { props: { logging: { auditLogEnabled: false } }, says: 'logging: { auditLogEnabled: false }', rules: ['OpenSearch.AuditLogs'] },
    { props: { logging: { appLogEnabled: false } }, says: 'logging: { appLogEnabled: false }', rules: ['OpenSearch.ErrorLogs'] },
    { props: { logging: { slowSearchLogEnabled: false } }, says: 'logging: { slowSearchLogEnabled: false }', rules: ['OpenSearch.SlowLogs'] },
    { props: { logging: { slowIndexLogEnabled: false } }, says: 'logging: { slowIndexLogEnabled: false }', rules: ['OpenSearch.SlowLogs'] },
    { props: { capacity: { dataNodes: 1 } }, says: 'capacity: { dataNodes: 1 }', rules: ['OpenSearch.MultiAZ', 'OpenSearch.DedicatedMasters'] },
    { props: { zoneAwareness: { enabled: false } }, says: 'zoneAwareness: { enabled: false }', rules: ['OpenSearch.MultiAZ', 'OpenSearch.DedicatedMasters'] },
    { props: { capacity: { masterNodes: 0 } }, says: 'capacity: { masterNodes: 0 }', rules: ['OpenSearch.DedicatedMasters'] },
    { props: { enableAutoSoftwareUpdate: false }, says: 'enableAutoSoftwareUpdate: false', rules: ['OpenSearch.AutoSoftwareUpdate'] },
  ],
  uses: (domain: SecureSearchDomain, consumer) => {
    domain.grantIndexRead('orders', new iam.Role(consumer, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') }));
    new ec2.SecurityGroup(consumer, 'Client', { vpc: vpcOf(Stack.of(domain)), allowAllOutbound: false }).connections.allowToDefaultPort(domain);
  },
  given: (elsewhere) => ({
    vpc: vpcOf(elsewhere),
    encryptionAtRest: { kmsKey: new EncryptionKey(elsewhere, 'Key') },
    fineGrainedAccessControl: { masterUserArn: new iam.Role(elsewhere, 'Admin', { assumedBy: new iam.AccountRootPrincipal() }).roleArn },
  }),
  besides: /^S\/Vpc\//,
  nag: {
    'AwsSolutions-IAM5[Resource::<X4AF5585A.Arn>/*] S/XMasterUser/DefaultPolicy/Resource': 'the master user administers all indexes of the domain, and nothing else',
    'AwsSolutions-OS3 S/X/Resource': 'in a VPC a security group says from where it is reached',
    'AwsSolutions-OS5 S/X/Resource': 'without an access policy only those requests get in that are signed by a principal whose policies allow them',
    'NIST.800.53.R5-IAMNoInlinePolicy S/XMasterUser/DefaultPolicy/Resource': 'the policy of one role is its own; CDK writes it inline',
  },
});

describeInjected<opensearch.DomainProps>({
  name: 'opensearchservice.Domain',
  hardening: searchDomainHardening,
  // A plain one takes the private subnets, and finds none in a VPC that has isolated ones only.
  make: (scope, id, props) => new opensearch.Domain(scope, id, { version, vpc: vpcOf(Stack.of(scope)), vpcSubnets: [{ subnetType: ec2.SubnetType.PRIVATE_ISOLATED }], ...props }),
  defaults: { 'AWS::OpenSearchService::Domain': searchDomainDefaults },
  explicit: { props: { nodeToNodeEncryption: false }, rule: 'OpenSearch.NodeToNodeEncryption' },
});

describe('SecureSearchDomain', () => {
  const made = (props: Partial<SecureSearchDomainProps> = {}, stack = new Stack(appWith(), 'S')): { stack: Stack; domain: SecureSearchDomain } =>
    ({ stack, domain: new SecureSearchDomain(stack, 'X', { version, vpc: props.vpc ?? vpcOf(stack), ...props }) });
  const domainOf = (stack: Stack): Record<string, any> => Object.values(Template.fromStack(stack).findResources('AWS::OpenSearchService::Domain'))[0];
  const rulesOf = (stack: Stack): string[] => claimsIn(modelOf(stack.node.root as never), 'SecureSearchDomain').map(({ rule, verdict }) => (verdict === 'pass' ? rule : `${rule} ${verdict}`));
  const zoned = (zones: number, more: ec2.SubnetConfiguration[] = []): { stack: Stack; vpc: ec2.Vpc } => {
    const stack = new Stack(appWith(flags), 'S', CONCRETE);
    const availabilityZones = ['eu-west-1a', 'eu-west-1b', 'eu-west-1c', 'eu-west-1d'].slice(0, zones);
    return { stack, vpc: new ec2.Vpc(stack, 'Vpc', { availabilityZones, natGateways: 0, subnetConfiguration: [...subnetConfiguration, ...more] }) };
  };
  const shape = (zones: number, props: Partial<SecureSearchDomainProps> = {}): object => {
    const { stack, vpc } = zoned(zones, [{ name: 'more', subnetType: ec2.SubnetType.PRIVATE_ISOLATED }]);
    new SecureSearchDomain(stack, 'X', { version, vpc, ...props });
    const { ClusterConfig: c, VPCOptions: { SubnetIds: subnets } } = domainOf(stack).Properties;
    expect(new Set(subnets.map(({ Ref }: { Ref: string }) => Ref)).size).toBe(subnets.length);
    return {
      data: c.InstanceCount, masters: c.DedicatedMasterCount ?? 0, zones: c.ZoneAwarenessEnabled ? c.ZoneAwarenessConfig.AvailabilityZoneCount : 1, standby: c.MultiAZWithStandbyEnabled, subnets: subnets.length,
    };
  };

  describe('has nodes and subnets that OpenSearch Service takes, whatever the feature flags', () => {
    const because1 = because('OpenSearch.MultiAZ', 'OpenSearch.DedicatedMasters');
    const three = { data: 3, masters: 3, zones: 3, standby: true, subnets: 3 };
    test.each<[string, number, Partial<SecureSearchDomainProps>, object]>([
      ['three zones', 3, {}, three],
      ['four zones', 4, {}, three],
      ['two zones', 2, {}, { data: 2, masters: 3, zones: 2, standby: false, subnets: 2 }],
      ['six data nodes', 3, { capacity: { dataNodes: 6 } }, { ...three, data: 6 }],
      ['four data nodes, which cannot stand by', 3, { capacity: { dataNodes: 4 } }, { ...three, data: 4, standby: false }],
      ['two data nodes in three zones', 3, { capacity: { dataNodes: 2 } }, { data: 2, masters: 3, zones: 2, standby: false, subnets: 2 }],
      ['five master nodes', 3, { capacity: { masterNodes: 5 } }, { ...three, masters: 5, standby: false }],
      ['two zones when told', 3, { zoneAwareness: { availabilityZoneCount: 2 } }, { data: 2, masters: 3, zones: 2, standby: false, subnets: 2 }],
      ['zones when told, not how many', 3, { zoneAwareness: { enabled: true } }, three],
      ['no standby when told', 3, { capacity: { multiAzWithStandbyEnabled: false } }, { ...three, standby: false }],
      ['burstable nodes', 3, { capacity: { dataNodeInstanceType: 't3.medium.search' } }, { ...three, standby: false }],
      ['burstable master nodes', 3, { capacity: { masterNodeInstanceType: 'T3.medium.search' } }, { ...three, standby: false }],
      ['volumes of gp2', 3, { ebs: { volumeType: ec2.EbsDeviceVolumeType.GP2 } }, { ...three, standby: false }],
      ['local storage', 3, { ebs: { enabled: false }, capacity: { dataNodeInstanceType: 'i3.large.search' } }, three],
      ['OpenSearch 1.2', 3, { version: opensearch.EngineVersion.OPENSEARCH_1_2 }, { ...three, standby: false }],
      ['Elasticsearch', 3, { version: opensearch.EngineVersion.ELASTICSEARCH_7_10 }, { ...three, standby: false }],
      ['a single node', 3, { capacity: { dataNodes: 1 }, optOuts: because1 }, { data: 1, masters: 0, zones: 1, standby: false, subnets: 1 }],
      ['no zones when told', 3, { zoneAwareness: { enabled: false }, optOuts: because1 }, { data: 1, masters: 0, zones: 1, standby: false, subnets: 1 }],
    ])('%s', (_, zones, props, expected) => expect(shape(zones, props)).toEqual(expected));
  });

  test('takes a number of nodes that is known at deployment only', () => {
    expect(shape(3, { capacity: { dataNodes: Lazy.number({ produce: () => 6 }) } })).toEqual({ data: 6, masters: 3, zones: 3, standby: false, subnets: 3 });
  });

  test.each<[Partial<SecureSearchDomainProps>, number, string]>([
    [{ capacity: { dataNodes: 3 } }, 2, 'capacity.dataNodes: 3 cannot be spread over two zones; take an even number, or subnets in three zones'],
    [{ capacity: { dataNodes: 2 }, zoneAwareness: { availabilityZoneCount: 3 } }, 3, 'capacity.dataNodes: 2 cannot be spread over 3 zones; take as many, or leave out zoneAwareness'],
    [{ capacity: { dataNodes: 1 }, zoneAwareness: { enabled: true } }, 3, 'capacity.dataNodes: 1 cannot be spread over 2 zones; take as many, or leave out zoneAwareness'],
    [{ capacity: { multiAzWithStandbyEnabled: true } }, 2, 'capacity.multiAzWithStandbyEnabled needs three zones, data nodes in multiples of three, and three master nodes; leave it out'],
    [{ version: opensearch.EngineVersion.ELASTICSEARCH_6_5 }, 3, 'version Elasticsearch_6.5 has no fine-grained access control; take OpenSearch, or Elasticsearch 6.7 or later'],
  ])('refuses what OpenSearch Service would refuse: %j in %d zones', (props, zones, says) => {
    expect(() => shape(zones, props)).toThrow(`SecureSearchDomain at S/X: ${says}`);
  });

  test('claims no zones where its subnets lie in one', () => {
    const { stack, vpc } = zoned(1);
    const make = (optOuts?: OptOut[]): SecureSearchDomain => new SecureSearchDomain(stack, optOuts ? 'X' : 'Y', { version, vpc, optOuts });
    expect(() => make()).toThrow('subnets not known to lie in two zones weakens OpenSearch.MultiAZ');
    expect(make(because('OpenSearch.MultiAZ', 'OpenSearch.DedicatedMasters'))).toBeDefined();
  });

  test('needs a VPC with subnets that are not public, or a reason', () => {
    const stack = new Stack(appWith(), 'S');
    const bare = new ec2.Vpc(stack, 'Bare', { natGateways: 0, subnetConfiguration: [subnetConfiguration[0]] });
    expect(() => new SecureSearchDomain(stack, 'A', { version })).toThrow(
      'SecureSearchDomain at S/A: without vpc it has an endpoint on the internet; give one, or optOuts: [OptOut.of(\'OpenSearch.InVpc\', { reason: \'…\' })]',
    );
    expect(() => new SecureSearchDomain(stack, 'B', { version, vpc: bare })).toThrow('SecureSearchDomain at S/B: the VPC has neither isolated nor private subnets; add some, or give vpcSubnets');
    new SecureSearchDomain(stack, 'C', { version, optOuts: because('OpenSearch.InVpc') });
    expect(domainOf(stack).Properties).not.toHaveProperty('VPCOptions');
    expect(rulesOf(stack).filter((rule) => /Network|InVpc| /.test(rule))).toEqual([]);
  });

  test('has an IAM role as master user, which nobody may assume at first, for requests to this domain', () => {
    const { stack, domain } = made();
    const template = Template.fromStack(stack);
    expect(domainOf(stack).Properties.AdvancedSecurityOptions).toMatchObject({
      Enabled: true, InternalUserDatabaseEnabled: false, MasterUserOptions: { MasterUserARN: stack.resolve(domain.adminRole!.roleArn) },
    });
    template.hasResourceProperties('AWS::IAM::Role', {
      AssumeRolePolicyDocument: { Statement: [{ Action: 'sts:AssumeRole', Effect: 'Allow', Principal: { AWS: Match.objectLike({ 'Fn::Join': Match.anyValue() }) } }] },
    });
    template.hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: { Statement: [Match.objectLike({ Action: Match.arrayWith(['es:ESHttpGet', 'es:ESHttpPut']), Effect: 'Allow' })] },
    });
    template.resourceCountIs('AWS::SecretsManager::Secret', 0);
  });

  test.each<[string, Partial<SecureSearchDomainProps>, object]>([
    ['an ARN', { fineGrainedAccessControl: { masterUserArn: 'arn:aws:iam::111111111111:role/admin' } }, { MasterUserARN: 'arn:aws:iam::111111111111:role/admin' }],
    ['a name', { fineGrainedAccessControl: { masterUserName: 'dba' } }, { MasterUserName: 'dba', MasterUserPassword: expect.anything() }],
    ['a password', { useUnsignedBasicAuth: true }, { MasterUserName: 'admin', MasterUserPassword: expect.anything() }],
  ])('takes a master user by %s, and makes no role', (_, props, user) => {
    const { stack, domain } = made(props);
    expect(domain.adminRole).toBeUndefined();
    expect(domainOf(stack).Properties.AdvancedSecurityOptions).toMatchObject({ Enabled: true, MasterUserOptions: user });
    expect(domainOf(stack).Properties.LogPublishingOptions.AUDIT_LOGS.Enabled).toBe(true);
  });

  test('has its role for master user also beside SAML', () => {
    const samlAuthenticationOptions = { idpEntityId: 'https://idp.example.com', idpMetadataContent: '<xml/>' };
    const { stack, domain } = made({ fineGrainedAccessControl: { samlAuthenticationOptions } });
    expect(domainOf(stack).Properties.AdvancedSecurityOptions).toMatchObject({ MasterUserOptions: { MasterUserARN: stack.resolve(domain.adminRole!.roleArn) }, SAMLOptions: { Enabled: true } });
  });

  test('lets OpenSearch write to its log groups for this account only, by one policy for the stack and without a function', () => {
    const { stack } = made();
    new SecureSearchDomain(stack, 'Y', { version, vpc: vpcOf(stack) });
    const template = Template.fromStack(stack);
    template.resourceCountIs('AWS::Logs::LogGroup', 8);
    template.resourceCountIs('AWS::Lambda::Function', 0);
    const policies = template.findResources('AWS::Logs::ResourcePolicy');
    expect(Object.keys(policies)).toHaveLength(1);
    const { PolicyName, PolicyDocument } = Object.values(policies)[0].Properties;
    expect(PolicyName).toEqual({ 'Fn::Join': ['', [{ Ref: 'AWS::StackName' }, '-search-logs']] });
    const text = JSON.stringify(PolicyDocument);
    for (const group of Object.keys(template.findResources('AWS::Logs::LogGroup'))) expect(text).toContain(group);
    expect(PolicyDocument['Fn::Join'][1][0]).toContain('"Action":["logs:CreateLogStream","logs:PutLogEvents"],"Condition":{"StringEquals":{"aws:SourceAccount":"');
    // Without its rights OpenSearch Service refuses the domain.
    for (const { DependsOn } of Object.values(template.findResources('AWS::OpenSearchService::Domain'))) expect(DependsOn).toEqual(expect.arrayContaining(Object.keys(policies)));
  });

  test('lets OpenSearch write to a log group of another stack', () => {
    const app = appWith();
    const elsewhere = new Stack(app, 'Elsewhere');
    const auditLogGroup = new SecureLogGroup(elsewhere, 'Audit');
    const { stack } = made({ logging: { auditLogGroup } }, new Stack(app, 'S'));
    const imported = { 'Fn::ImportValue': expect.stringMatching(/Audit/) };
    expect(domainOf(stack).Properties.LogPublishingOptions.AUDIT_LOGS.CloudWatchLogsLogGroupArn).toEqual(imported);
    const [{ Properties }] = Object.values(Template.fromStack(stack).findResources('AWS::Logs::ResourcePolicy'));
    expect(Properties.PolicyDocument['Fn::Join'][1]).toEqual(expect.arrayContaining([imported]));
  });

  test('leaves the policy to whom it was left', () => {
    const { stack } = made({ suppressLogsResourcePolicy: true });
    Template.fromStack(stack).resourceCountIs('AWS::Logs::ResourcePolicy', 0);
    const { stack: byFunction } = made({ suppressLogsResourcePolicy: false });
    Template.fromStack(byFunction).resourceCountIs('AWS::Logs::ResourcePolicy', 0);
    Template.fromStack(byFunction).resourceCountIs('Custom::CloudwatchLogResourcePolicy', 1);
  });

  test('needs no policy where it publishes no logs', () => {
    const off = { auditLogEnabled: false, appLogEnabled: false, slowSearchLogEnabled: false, slowIndexLogEnabled: false };
    const { stack } = made({ logging: off, optOuts: because('OpenSearch.AuditLogs', 'OpenSearch.ErrorLogs', 'OpenSearch.SlowLogs') });
    Template.fromStack(stack).resourceCountIs('AWS::Logs::ResourcePolicy', 0);
    Template.fromStack(stack).resourceCountIs('AWS::Logs::LogGroup', 0);
  });

  test('is updated at night, has volumes of gp3, and outlives its stack', () => {
    expect(domainOf(made().stack)).toMatchObject({
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      Properties: { OffPeakWindowOptions: { Enabled: true }, SoftwareUpdateOptions: { AutoSoftwareUpdateEnabled: true }, EBSOptions: { VolumeType: 'gp3', VolumeSize: 10 } },
    });
    const { stack } = made({ removalPolicy: RemovalPolicy.DESTROY, offPeakWindowEnabled: false, ebs: { volumeSize: 100 } });
    expect(domainOf(stack)).toMatchObject({ DeletionPolicy: 'Delete', Properties: { EBSOptions: { VolumeType: 'gp3', VolumeSize: 100 } } });
    expect(domainOf(stack).Properties).not.toHaveProperty('OffPeakWindowOptions');
  });

  test('keeps the volumes of types that have no gp3', () => {
    const { stack } = made({ capacity: { dataNodeInstanceType: 'r4.large.search' } });
    expect(domainOf(stack).Properties.EBSOptions.VolumeType).toBe('gp2');
  });

  test('does not claim what it cannot see: a foreign key, foreign groups, a foreign VPC', () => {
    const stack = new Stack(appWith(), 'S', CONCRETE);
    const vpc = ec2.Vpc.fromVpcAttributes(stack, 'Foreign', {
      vpcId: 'vpc-12345678', availabilityZones: ['eu-west-1a', 'eu-west-1b'], privateSubnetIds: ['subnet-11111111', 'subnet-22222222'], privateSubnetRouteTableIds: ['rtb-11111111', 'rtb-22222222'],
    });
    made({
      vpc,
      encryptionAtRest: { kmsKey: kms.Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:eu-west-1:111111111111:key/00000000-0000-0000-0000-000000000000') as kms.IKey },
      securityGroups: [ec2.SecurityGroup.fromSecurityGroupId(stack, 'Group', 'sg-12345678')],
    }, stack);
    expect(rulesOf(stack).filter((rule) => /Network|CustomerKey/.test(rule))).toEqual([]);
    expect(rulesOf(stack).filter((rule) => rule.includes(' '))).toEqual([]);
  });

  test('opens HTTPS to a client when told', () => {
    const { stack, domain } = made();
    domain.connections.allowDefaultPortFrom(new ec2.SecurityGroup(stack, 'Client', { vpc: vpcOf(stack) }));
    Template.fromStack(stack).hasResourceProperties('AWS::EC2::SecurityGroupIngress', { FromPort: 443, ToPort: 443 });
  });
});

describe('opensearchservice.Domain under its injector', () => {
  const harden = (props: Partial<opensearch.DomainProps>, stack = new Stack(appWith(), 'S')): opensearch.DomainProps => searchDomainHardening.harden(stack, 'X', { version, ...props });

  test.each([
    ['2.3', opensearch.EngineVersion.ELASTICSEARCH_2_3, [false, false, false, false]],
    ['5.6', opensearch.EngineVersion.ELASTICSEARCH_5_6, [true, false, true, false]],
    ['6.5', opensearch.EngineVersion.ELASTICSEARCH_6_5, [true, true, true, false]],
    ['7.10', opensearch.EngineVersion.ELASTICSEARCH_7_10, [true, true, true, true]],
  ])('of Elasticsearch %s gets what that version has', (_, old, expected) => {
    const { encryptionAtRest, nodeToNodeEncryption, logging, fineGrainedAccessControl } = harden({ version: old });
    expect([encryptionAtRest?.enabled, nodeToNodeEncryption, logging?.appLogEnabled, fineGrainedAccessControl !== undefined].map(Boolean)).toEqual(expected);
    expect(Boolean(logging?.auditLogEnabled)).toBe(expected[3]);
  });

  test('keeps subnets whose zones are not known', () => {
    const stack = new Stack(appWith(), 'S');
    const vpcSubnets = [{ subnets: [ec2.Subnet.fromSubnetId(stack, 'One', 'subnet-12345678')] }];
    expect(harden({ vpc: vpcOf(stack), vpcSubnets }, stack)).toMatchObject({ vpcSubnets, zoneAwareness: { enabled: false }, capacity: { dataNodes: 1, masterNodes: undefined } });
  });

  test('does not choose among subnets of a VPC that is still to be looked up', () => {
    const stack = new Stack(appWith(), 'S', CONCRETE);
    const vpc = ec2.Vpc.fromLookup(stack, 'Vpc', { vpcId: 'vpc-12345678' });
    expect(harden({ vpc, vpcSubnets: undefined }, stack).zoneAwareness).toEqual({ enabled: true, availabilityZoneCount: expect.any(Number) });
    expect(() => new SecureSearchDomain(stack, 'Y', { version, vpc })).not.toThrow();
  });

  test('without a VPC has neither subnets nor security groups', () => {
    expect(harden({})).toMatchObject({ vpcSubnets: undefined, securityGroups: undefined });
  });
});
