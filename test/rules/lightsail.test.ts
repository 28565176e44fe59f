import { ifProd, P, setting, subject } from './cases';
import { fail, pass, verdicts } from './verdicts';
import { bucketPrivate, bucketVersioning } from '../../src/rules/lightsail';

const bucket = subject('AWS::Lightsail::Bucket');
const rules = (AccessRules: object) => bucket({ AccessRules });

verdicts(bucketPrivate, {
  pass: { 'private': rules({ GetObject: 'private', AllowPublicOverrides: false }), 'one by one': rules({ GetObject: 'private' }) },
  fail: { 'public': rules({ GetObject: 'public' }), 'objects may be public': rules({ GetObject: 'private', AllowPublicOverrides: 'true' }) },
  unknown: { 'by parameter': rules({ GetObject: P }) },
  trap: {
    'private by default': pass(bucket()),
    'as it must be said': fail(bucket(), { options: { requireExplicit: true } }),
    'in one branch': fail(rules({ AllowPublicOverrides: ifProd(false, true) }), { message: /IsProd is false/ }),
  },
});
verdicts(bucketVersioning, setting(bucket, 'ObjectVersioning', { good: true, bad: false }));
