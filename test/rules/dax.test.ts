import { Case, fail, verdicts } from './verdicts';
import * as rules from '../../src/rules/dax';

const cluster = (properties?: object): Case => ({ Subject: { Type: 'AWS::DAX::Cluster', Properties: properties } });
const param = { $Parameters: { P: { Type: 'String' } } };
const P = { Ref: 'P' };

verdicts(rules.encryption, {
  pass: { on: cluster({ SSESpecification: { SSEEnabled: true } }) },
  fail: { absent: cluster(), off: cluster({ SSESpecification: { SSEEnabled: false } }) },
  unknown: { 'a parameter': { ...cluster({ SSESpecification: { SSEEnabled: P } }), ...param } },
  trap: { 'off as text': fail(cluster({ SSESpecification: { SSEEnabled: 'false' } })), 'nothing in it': fail(cluster({ SSESpecification: {} })) },
});

verdicts(rules.tlsEndpoint, {
  pass: { TLS: cluster({ ClusterEndpointEncryptionType: 'TLS' }) },
  fail: { none: cluster({ ClusterEndpointEncryptionType: 'NONE' }) },
  unknown: { 'a parameter': { ...cluster({ ClusterEndpointEncryptionType: P }), ...param } },
  trap: { 'absent: none': fail(cluster(), { message: /"NONE"/ }) },
});

verdicts(rules.severalNodes, {
  pass: { three: cluster({ ReplicationFactor: 3 }) },
  fail: { one: cluster({ ReplicationFactor: 1 }) },
  unknown: { 'a parameter': { ...cluster({ ReplicationFactor: P }), ...param } },
  trap: { 'two, as text': fail(cluster({ ReplicationFactor: '2' })) },
});
