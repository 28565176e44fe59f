import { ifProd, MACRO, P, setting, subject } from './cases';
import { fail, pass, verdicts } from './verdicts';
import {
  accessEntries, accessEntryNotAdmin, controlPlaneLogging, deletionProtection, endpointNotPublic, nodegroupMultiAz, nodegroupNoRemoteAccess, publicAccessCidrs,
  secretsEncrypted, supportedVersion, zonalShift,
} from '../../src/rules/eks';

const cluster = subject('AWS::EKS::Cluster');
const cdk = (Config: object) => subject('Custom::AWSCDK-EKS-Cluster')({ Config });
const nodes = subject('AWS::EKS::Nodegroup');

verdicts(endpointNotPublic, setting(cluster, 'ResourcesVpcConfig.EndpointPublicAccess', {
  good: false,
  bad: true,
  fail: { 'CDK\'s, by default': cdk({ resourcesVpcConfig: { subnetIds: ['s'] } }), 'CDK\'s': cdk({ resourcesVpcConfig: { endpointPublicAccess: true } }) },
  trap: { 'CDK\'s, private': pass(cdk({ resourcesVpcConfig: { endpointPublicAccess: false } })) },
}));

const open = (PublicAccessCidrs?: unknown) => cluster({ ResourcesVpcConfig: { EndpointPublicAccess: true, PublicAccessCidrs } });
verdicts(publicAccessCidrs, {
  pass: { 'named': open(['203.0.113.0/24']), 'CDK\'s': cdk({ resourcesVpcConfig: { publicAccessCidrs: ['203.0.113.0/24'] } }) },
  fail: { 'absent': open(), 'everything': open(['203.0.113.0/24', '0.0.0.0/0']), 'nothing is said at all': cluster() },
  unknown: { 'by parameter': open([P]) },
  notApplicable: { 'private': cluster({ ResourcesVpcConfig: { EndpointPublicAccess: false } }) },
  trap: {
    'everything, in IPv6': fail(open(['203.0.113.0/24', '::/0'])),
    'in one branch': fail(open(ifProd(['203.0.113.0/24'], ['0.0.0.0/0'])), { message: /IsProd is false/ }),
  },
});

const logs = (...types: unknown[]) => cluster({ Logging: { ClusterLogging: { EnabledTypes: types.map((Type) => ({ Type })) } } });
verdicts(controlPlaneLogging, {
  pass: {
    'all': logs('api', 'audit', 'authenticator', 'scheduler'),
    'CDK\'s': cdk({ logging: { clusterLogging: [{ enabled: true, types: ['api', 'audit', 'authenticator'] }] } }),
  },
  fail: {
    'absent': cluster(),
    'without audit': logs('api', 'authenticator'),
    'CDK\'s, off': cdk({ logging: { clusterLogging: [{ enabled: false, types: ['api', 'audit', 'authenticator'] }] } }),
  },
  unknown: { 'by parameter': logs('api', 'audit', P) },
  trap: { 'one is missing, others not known': fail(logs('scheduler', 'controllerManager')), 'CDK\'s, absent': fail(cdk({})) },
});

const encryption = (...EncryptionConfig: object[]) => cluster({ EncryptionConfig });
const key = (KeyArn: unknown) => ({ Resources: ['secrets'], Provider: { KeyArn } });
verdicts(secretsEncrypted, {
  pass: {
    'a key': encryption(key('arn')),
    'a key by parameter': encryption(key(P)),
    'whatever there is to encrypt': encryption({ Provider: { KeyArn: 'arn' } }),
    'scalars for lists': cluster({ EncryptionConfig: { Resources: 'secrets', Provider: { KeyArn: 'arn' } } }),
    'CDK\'s': cdk({ encryptionConfig: [{ resources: ['secrets'], provider: { keyArn: 'arn' } }] }),
  },
  fail: {
    'absent': cluster(),
    'an empty list': encryption(),
    'no provider': encryption({ Resources: ['secrets'] }),
    'one of two without a key': encryption(key('arn'), { Provider: {} }),
    'of nothing': encryption({ Provider: { KeyArn: 'arn' }, Resources: [] }),
  },
  unknown: { 'by a macro': cluster({ EncryptionConfig: MACRO }) },
  trap: { 'CDK\'s, absent': fail(cdk({ name: 'x' })), 'a key in one branch': fail(encryption(key(ifProd('arn'))), { message: /IsProd is false/ }) },
});

const access = (AuthenticationMode: unknown, BootstrapClusterCreatorAdminPermissions: unknown) => cluster({
  AccessConfig: { AuthenticationMode, BootstrapClusterCreatorAdminPermissions },
});
verdicts(accessEntries, {
  pass: { 'entries only': access('API', false) },
  fail: { 'both ways': access('API_AND_CONFIG_MAP', false), 'the creator stays': access('API', true), 'absent': cluster() },
  unknown: { 'by parameter': access(P, false) },
  trap: {
    'CDK\'s': pass(cdk({ accessConfig: { authenticationMode: 'API', bootstrapClusterCreatorAdminPermissions: false } })),
    'the default lets the creator in': fail(cluster({ AccessConfig: { AuthenticationMode: 'API' } })),
  },
});
verdicts(deletionProtection, setting(cluster, 'DeletionProtection', { good: true, bad: false }));
verdicts(zonalShift, setting(cluster, 'ZonalShiftConfig.Enabled', { good: true, bad: false, pass: { 'CDK\'s': cdk({ zonalShiftConfig: { enabled: true } }) } }));
verdicts(supportedVersion, setting(cluster, 'Version', {
  good: '1.34',
  bad: '1.30',
  absent: 'pass',
  pass: { 'extended support': cluster({ Version: '1.31' }) },
  fail: { 'of nodes': nodes({ Version: '1.25' }), 'CDK\'s': cdk({ version: '1.27' }), 'a number that YAML shortens': cluster({ Version: 1.3 }) },
  trap: { '1.100 is no 1.10': pass(cluster({ Version: '1.100' })) },
}));

const entry = (...AccessPolicies: object[]) => subject('AWS::EKS::AccessEntry')({ AccessPolicies });
const policy = (name: unknown, Type: unknown = 'cluster') => ({ PolicyArn: { 'Fn::Sub': `arn:\${AWS::Partition}:eks::aws:cluster-access-policy/${name}` }, AccessScope: { Type } });
verdicts(accessEntryNotAdmin, {
  pass: { 'none': entry(), 'an editor': entry(policy('AmazonEKSEditPolicy')) },
  fail: { 'an administrator': entry(policy('AmazonEKSClusterAdminPolicy')), 'the second one': entry(policy('AmazonEKSViewPolicy'), policy('AmazonEKSClusterAdminPolicy')) },
  unknown: { 'the scope by parameter': entry(policy('AmazonEKSClusterAdminPolicy', P)) },
  trap: {
    'of a namespace': pass(entry(policy('AmazonEKSClusterAdminPolicy', 'namespace'))),
    'an administrator of namespaces': pass(entry(policy('AmazonEKSAdminPolicy'))),
    'one in one branch': fail(entry(policy('AmazonEKSClusterAdminPolicy', ifProd('namespace', 'cluster'))), { message: /IsProd is false/ }),
  },
});

const remote = (RemoteAccess: object) => nodes({ RemoteAccess });
verdicts(nodegroupNoRemoteAccess, {
  pass: { 'none': nodes(), 'named groups': remote({ Ec2SshKey: 'k', SourceSecurityGroups: ['sg-1'] }) },
  fail: { 'a key for everyone': remote({ Ec2SshKey: P }), 'an empty list': remote({ Ec2SshKey: 'k', SourceSecurityGroups: [] }) },
  unknown: { 'by a macro': remote({ Ec2SshKey: 'k', SourceSecurityGroups: MACRO }) },
  trap: { 'groups in one branch': fail(remote({ Ec2SshKey: 'k', SourceSecurityGroups: ifProd(['sg-1']) }), { message: /IsProd is false/ }) },
});
verdicts(nodegroupMultiAz, {
  pass: { 'two': nodes({ Subnets: ['a', 'b'] }) },
  fail: { 'one': nodes({ Subnets: ['a'] }), 'absent': nodes() },
  unknown: { 'a list by parameter': nodes({ Subnets: P }) },
  trap: { 'the second one in one branch': fail(nodes({ Subnets: ['a', ifProd('b')] }), { message: /IsProd is false/ }) },
});
