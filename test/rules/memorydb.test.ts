import { ifProd, P, presence, setting, subject } from './cases';
import { fail, pass, verdicts } from './verdicts';
import { aclNotOpen, customerKey, replicas, snapshots, tlsEnabled, userAuthentication } from '../../src/rules/memorydb';

const cluster = subject('AWS::MemoryDB::Cluster');
const user = subject('AWS::MemoryDB::User');

verdicts(tlsEnabled, setting(cluster, 'TLSEnabled', {
  good: true,
  bad: false,
  absent: 'pass',
  pass: { 'over several Regions': subject('AWS::MemoryDB::MultiRegionCluster')() },
  fail: { 'over several Regions, off': subject('AWS::MemoryDB::MultiRegionCluster')({ TLSEnabled: 'false' }) },
}));
verdicts(aclNotOpen, setting(cluster, 'ACLName', {
  good: 'app', bad: 'open-access', trap: { 'of the template': pass(cluster({ ACLName: { Ref: 'Acl' } }, { Acl: { Type: 'AWS::MemoryDB::ACL' } })) },
}));
verdicts(snapshots, setting(cluster, 'SnapshotRetentionLimit', { good: 7, bad: 0 }));
verdicts(replicas, setting(cluster, 'NumReplicasPerShard', { good: 2, bad: 0, absent: 'pass' }));
verdicts(customerKey, presence(cluster, 'KmsKeyId', { unknown: { 'by parameter': cluster({ KmsKeyId: P }) }, trap: { 'the AWS managed key': fail(cluster({ KmsKeyId: 'alias/aws/memorydb' })) } }));
verdicts(userAuthentication, {
  pass: { 'IAM': user({ AuthenticationMode: { Type: 'iam' } }), 'a password': user({ AuthenticationMode: { Type: 'password', Passwords: [P] } }) },
  fail: { 'none': user({ AuthenticationMode: { Type: 'no-password' } }) },
  unknown: { 'by parameter': user({ AuthenticationMode: { Type: P } }) },
  trap: { 'none in one branch': fail(user({ AuthenticationMode: { Type: ifProd('iam', 'no-password') } }), { message: /IsProd is false/ }) },
});
