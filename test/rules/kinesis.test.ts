import { Case, fail, pass, verdicts } from './verdicts';
import * as rules from '../../src/rules/kinesis';

const stream = (properties?: object): Case => ({ Subject: { Type: 'AWS::Kinesis::Stream', Properties: properties } });
const encrypted = (more: object = {}) => stream({ StreamEncryption: { EncryptionType: 'KMS', KeyId: 'alias/aws/kinesis', ...more } });
const param = { $Parameters: { P: { Type: 'String' } } };
const P = { Ref: 'P' };

verdicts(rules.encryption, {
  pass: { 'a key': encrypted(), 'a parameter holds some key': { ...encrypted({ KeyId: P }), ...param } },
  fail: { absent: stream(), none: encrypted({ EncryptionType: 'NONE' }) },
  unknown: { 'a parameter': { ...encrypted({ EncryptionType: P }), ...param } },
  trap: { 'a type without a key': fail(encrypted({ KeyId: undefined })), 'a key without a type': fail(encrypted({ EncryptionType: null })), 'an empty key': fail(encrypted({ KeyId: '' })) },
});

verdicts(rules.customerKey, {
  pass: { 'a key of the template': { ...encrypted({ KeyId: { 'Fn::GetAtt': ['Key', 'Arn'] } }), Key: { Type: 'AWS::KMS::Key' } } },
  fail: { absent: stream() },
  unknown: { 'a parameter': { ...encrypted({ KeyId: P }), ...param } },
  trap: { 'the AWS managed key': fail(encrypted()) },
});

verdicts(rules.retention, {
  pass: { 'a week': stream({ RetentionPeriodHours: 168 }) },
  fail: { 'two days': stream({ RetentionPeriodHours: 48 }) },
  unknown: { 'a parameter': { ...stream({ RetentionPeriodHours: P }), ...param } },
  trap: { 'absent: a day': fail(stream(), { message: /is 24/ }), 'as text': pass(stream({ RetentionPeriodHours: '8760' })) },
});

verdicts(rules.scalesWithDemand, {
  pass: { 'on demand': stream({ StreamModeDetails: { StreamMode: 'ON_DEMAND' } }) },
  fail: { provisioned: stream({ StreamModeDetails: { StreamMode: 'PROVISIONED' } }) },
  unknown: { 'a parameter': { ...stream({ StreamModeDetails: { StreamMode: P } }), ...param } },
  trap: { 'absent: provisioned': fail(stream({ ShardCount: 4 })) },
});
