import { P, presence, setting, subject } from './cases';
import { fail, pass, unknown, verdicts } from './verdicts';
import { customerKey, retention } from '../../src/rules/kinesis-video';

const stream = subject('AWS::KinesisVideo::Stream');

verdicts(customerKey, presence(stream, 'KmsKeyId', {
  trap: { 'the AWS managed key': fail(stream({ KmsKeyId: 'alias/aws/kinesisvideo' })), 'a parameter may name any key': unknown(stream({ KmsKeyId: P })) },
}));
verdicts(retention, setting(stream, 'DataRetentionInHours', { good: 24, bad: 0, trap: { 'absent: nothing is kept': fail(stream(), { message: /is 0/ }), 'an hour': pass(stream({ DataRetentionInHours: 1 })) } }));
