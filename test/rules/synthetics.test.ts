import { ifProd, P, subject } from './cases';
import { fail, pass, unknown, verdicts } from './verdicts';
import * as rules from '../../src/rules/synthetics';

const canary = subject('AWS::Synthetics::Canary');
const runs = (Expression: unknown, more: object = {}) => canary({ Schedule: { Expression, ...more } });
verdicts(rules.recurring, {
  pass: { 'every five minutes': runs('rate(5 minutes)'), 'by the clock': runs('cron(0 9 * * ? *)', { DurationInSeconds: '0' }) },
  fail: { 'absent': canary(), 'once': runs('rate(0 minute)'), 'for an hour': runs('rate(5 minutes)', { DurationInSeconds: 3600 }) },
  unknown: { 'a parameter': runs(P), 'how long is a parameter': runs('rate(5 minutes)', { DurationInSeconds: P }) },
  trap: { 'ten times an hour is not zero times': pass(runs('rate(10 minutes)')), 'once, with spaces': fail(runs('rate( 0 hour )')), 'once in one branch': fail(runs(ifProd('rate(1 minute)', 'rate(0 minute)')), { message: /IsProd is false/ }) },
});

const key = (EncryptionMode: unknown, KmsKeyArn?: unknown) => canary({ ArtifactConfig: { S3Encryption: { EncryptionMode, KmsKeyArn } } }, { Key: { Type: 'AWS::KMS::Key' } });
verdicts(rules.artifactKey, {
  pass: { 'a key': key('SSE_KMS', { 'Fn::GetAtt': ['Key', 'Arn'] }) },
  fail: { 'absent': canary(), 'of S3': key('SSE_S3', 'arn:aws:kms:eu-west-1:111111111111:key/k'), 'no key': key('SSE_KMS') },
  unknown: { 'a parameter': key(P, 'arn:aws:kms:eu-west-1:111111111111:key/k') },
  trap: { 'the AWS managed key': fail(key('SSE_KMS', 'arn:aws:kms:eu-west-1:111111111111:alias/aws/s3')), 'with a hyphen': pass(key('SSE-KMS', { 'Fn::GetAtt': ['Key', 'Arn'] })), 'the key is a parameter': unknown(key('SSE_KMS', P)) },
});
