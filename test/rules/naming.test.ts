import { ifProd, MACRO, NOTHING, P, subject } from './cases';
import { fail, pass, verdicts } from './verdicts';
import { generatedName } from '../../src/rules/naming';

const role = subject('AWS::IAM::Role');

verdicts(generatedName, {
  pass: { 'none': role(), 'of another property': subject('AWS::DynamoDB::Table')({ Name: 'x' }) },
  fail: {
    'a name': role({ RoleName: 'admin' }),
    'by parameter': role({ RoleName: P }),
    'of a bucket': subject('AWS::S3::Bucket')({ BucketName: { 'Fn::Sub': '${AWS::StackName}-logs' } }),
    'an empty one': role({ RoleName: '' }),
  },
  unknown: { 'by a macro': role({ RoleName: MACRO }) },
  trap: {
    'nothing in the end': pass(role({ RoleName: NOTHING })),
    'in one branch': fail(role({ RoleName: ifProd(NOTHING, 'admin') }), { message: /IsProd is false/ }),
  },
});
