import { ifProd, P, presence, setting, subject } from './cases';
import { fail, pass, unknown, verdicts } from './verdicts';
import {
  auditLogs, autoSoftwareUpdate, customerKey, dedicatedMasters, encryptedAtRest, errorLogs, fineGrainedAccess, httpsRequired, inVpc, multiAz, noAnonymousPolicy,
  nodeToNodeEncryption, slowLogs, tls12,
} from '../../src/rules/opensearch';

const domain = subject('AWS::OpenSearchService::Domain');
const elastic = subject('AWS::Elasticsearch::Domain');

verdicts(encryptedAtRest, setting(domain, 'EncryptionAtRestOptions.Enabled', {
  good: true,
  bad: false,
  fail: { 'a key without the switch': elastic({ EncryptionAtRestOptions: { KmsKeyId: 'k' } }) },
}));
verdicts(customerKey, presence(domain, 'EncryptionAtRestOptions.KmsKeyId', {
  unknown: { 'by parameter': elastic({ EncryptionAtRestOptions: { KmsKeyId: P } }) },
  trap: {
    'the AWS managed key': fail(elastic({ EncryptionAtRestOptions: { KmsKeyId: 'alias/aws/es' } })),
    'encryption is switched off': fail(domain({ EncryptionAtRestOptions: { KmsKeyId: 'k', Enabled: 'false' } })),
  },
}));
verdicts(nodeToNodeEncryption, setting(elastic, 'NodeToNodeEncryptionOptions.Enabled', { good: true, bad: false }));
verdicts(httpsRequired, setting(domain, 'DomainEndpointOptions.EnforceHTTPS', { good: true, bad: 'false' }));
verdicts(tls12, setting(domain, 'DomainEndpointOptions.TLSSecurityPolicy', {
  good: 'Policy-Min-TLS-1-2-2019-07',
  bad: 'Policy-Min-TLS-1-0-2019-07',
  pass: { 'with forward secrecy': elastic({ DomainEndpointOptions: { TLSSecurityPolicy: 'Policy-Min-TLS-1-2-PFS-2023-10' } }) },
}));
verdicts(inVpc, presence(elastic, 'VPCOptions.SubnetIds', {
  value: ['subnet-1'],
  fail: { 'security groups without subnets': domain({ VPCOptions: { SecurityGroupIds: ['sg-1'] } }) },
}));
verdicts(fineGrainedAccess, setting(domain, 'AdvancedSecurityOptions.Enabled', {
  good: true, bad: false, fail: { 'anonymous access beside it': domain({ AdvancedSecurityOptions: { Enabled: true, AnonymousAuthEnabled: true } }) },
}));

const policy = (statement: object, more: object = {}) => domain({
  AccessPolicies: { Statement: [{ Effect: 'Allow', Action: 'es:*', ...statement }] }, ...more,
});
verdicts(noAnonymousPolicy, {
  pass: {
    'a named principal': policy({ Principal: { AWS: 'arn:aws:iam::111111111111:role/app' } }),
    'bound to addresses': policy({ Principal: '*', Condition: { IpAddress: { 'aws:SourceIp': ['203.0.113.0/24'] } } }),
  },
  fail: { 'everyone': policy({ Principal: '*' }), 'everyone, as a list': policy({ Principal: { AWS: ['*'] } }) },
  unknown: { 'the policy by parameter': domain({ AccessPolicies: P }), 'the principal by parameter': policy({ Principal: { AWS: P } }) },
  notApplicable: { 'no policy': elastic() },
  trap: {
    'everyone in the VPC': pass(policy({ Principal: '*' }, { VPCOptions: { SubnetIds: ['subnet-1'] } })),
    'everyone, then asked for a user inside': pass(policy({ Principal: '*' }, { AdvancedSecurityOptions: { Enabled: true } })),
    'everyone from everywhere': fail(policy({ Principal: '*', Condition: { IpAddress: { 'aws:SourceIp': '0.0.0.0/0' } } })),
    'everyone is denied': pass(policy({ Effect: 'Deny', Principal: '*' })),
    'everyone, the VPC by parameter': unknown(policy({ Principal: '*' }, { VPCOptions: { SubnetIds: { 'Fn::Transform': { Name: 'X' } } } })),
  },
});

verdicts(auditLogs, setting(domain, 'LogPublishingOptions.AUDIT_LOGS.Enabled', {
  good: true,
  bad: false,
  fail: { 'a group without the switch': domain({ LogPublishingOptions: { AUDIT_LOGS: { CloudWatchLogsLogGroupArn: 'arn' } } }) },
}));
verdicts(errorLogs, setting(elastic, 'LogPublishingOptions.ES_APPLICATION_LOGS.Enabled', { good: true, bad: false }));
const slow = (search: unknown, index: unknown) => domain({
  LogPublishingOptions: { SEARCH_SLOW_LOGS: { Enabled: search }, INDEX_SLOW_LOGS: { Enabled: index } },
});
verdicts(slowLogs, {
  pass: { 'both': slow(true, 'true') },
  fail: { 'one': slow(true, false), 'none': domain() },
  unknown: { 'by parameter': slow(true, P) },
  trap: { 'in one branch': fail(slow(true, ifProd(true, false))) },
});

const nodes = (ClusterConfig: object) => domain({ ClusterConfig });
verdicts(multiAz, {
  pass: {
    'two nodes': nodes({ ZoneAwarenessEnabled: true, InstanceCount: 2 }),
    'with standby': nodes({ MultiAZWithStandbyEnabled: true }),
    'the older type': elastic({ ElasticsearchClusterConfig: { ZoneAwarenessEnabled: 'true', InstanceCount: '3' } }),
  },
  fail: {
    'off': nodes({ InstanceCount: 3 }),
    'one node': nodes({ ZoneAwarenessEnabled: true, InstanceCount: 1 }),
    'one node, by default': nodes({ ZoneAwarenessEnabled: true }),
  },
  unknown: { 'by parameter': nodes({ ZoneAwarenessEnabled: P, InstanceCount: 3 }) },
  trap: {
    'one node by default, of the older type': fail(elastic({ ElasticsearchClusterConfig: { ZoneAwarenessEnabled: true } })),
    'the older type, by the newer name': fail(elastic({ ClusterConfig: { ZoneAwarenessEnabled: true, InstanceCount: 3 } })),
  },
});
verdicts(dedicatedMasters, {
  pass: { 'three': nodes({ DedicatedMasterEnabled: true, DedicatedMasterCount: 3 }) },
  fail: { 'two': nodes({ DedicatedMasterEnabled: true, DedicatedMasterCount: 2 }), 'off': nodes({ DedicatedMasterCount: 3 }), 'none': domain() },
  unknown: { 'by parameter': nodes({ DedicatedMasterEnabled: true, DedicatedMasterCount: P }) },
  trap: { 'the older type': pass(elastic({ ElasticsearchClusterConfig: { DedicatedMasterEnabled: true, DedicatedMasterCount: '3' } })) },
});
verdicts(autoSoftwareUpdate, setting(domain, 'SoftwareUpdateOptions.AutoSoftwareUpdateEnabled', { good: true, bad: false }));
