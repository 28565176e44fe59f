import { Evaluation } from '../../../src/rules/kernel';
import { World } from '../../../src/template/world';
import { modelOf } from '../verdicts';

const bucket = (BucketName?: unknown, more: object = {}) => ({ Type: 'AWS::S3::Bucket', Properties: { BucketName }, ...more });

/** The logical id of the bucket that a value names. */
function named(value: unknown, others: object): string | undefined {
  const [template] = modelOf({ $Parameters: { P: { Type: 'String' }, Q: { Type: 'String' } }, Subject: { Type: 'T', Properties: { Name: value } }, ...others }).templates;
  const subject = template.resources.get('Subject')!;
  const evaluation = new Evaluation(template.unit, subject, new World(), {});
  return evaluation.resourceNamed(evaluation.reader(subject).get('Name'), 'AWS::S3::Bucket')?.logicalId;
}

describe('the resource that a place names', () => {
  test.each<[string, unknown, object, string | undefined]>([
    ['by reference', { Ref: 'A' }, { A: bucket(), B: bucket() }, 'A'],
    ['by its ARN', { 'Fn::GetAtt': ['B', 'Arn'] }, { A: bucket(), B: bucket() }, 'B'],
    ['by an ARN around a reference', { 'Fn::Sub': 'arn:aws:s3:::${B}/*' }, { A: bucket(), B: bucket() }, 'B'],
    ['by name', 'data', { A: bucket('logs'), B: bucket('data') }, 'B'],
    ['by an ARN that ends in the name', 'arn:aws:s3:::data', { A: bucket('data') }, 'A'],
    ['by a name that only ends alike', 'my-data', { A: bucket('data') }, undefined],
    ['by the parameter that both take the name from', { Ref: 'P' }, { A: bucket({ Ref: 'Q' }), B: bucket({ Ref: 'P' }) }, 'B'],
    ['by a parameter that nothing else takes', { Ref: 'P' }, { A: bucket('data') }, undefined],
    ['of another type', 'data', { A: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'data' } }, B: bucket('data') }, 'B'],
    ['of another type alone', { Ref: 'A' }, { A: { Type: 'AWS::SQS::Queue' } }, undefined],
    ['nothing', undefined, { A: bucket() }, undefined],
  ])('%s', (_name, value, others, expected) => expect(named(value, others)).toBe(expected));

  test('one that is not made is not found', () => {
    const conditions = { $Conditions: { Never: { 'Fn::Equals': ['a', 'b'] } } };
    expect(named('data', { ...conditions, A: bucket('data', { Condition: 'Never' }) })).toBeUndefined();
  });
});
