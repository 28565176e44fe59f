import { ifProd, P, subject } from './cases';
import { fail, pass, verdicts } from './verdicts';
import { policyNotPublic } from '../../src/rules/codeartifact';

const document = (Principal: unknown, more: object = {}) => ({ Statement: [{ Effect: 'Allow', Principal, Action: 'codeartifact:ReadFromRepository', Resource: '*', ...more }] });
const repository = (PermissionsPolicyDocument?: unknown) => subject('AWS::CodeArtifact::Repository')({ PermissionsPolicyDocument });
const domain = (PermissionsPolicyDocument?: unknown) => subject('AWS::CodeArtifact::Domain')({ PermissionsPolicyDocument });

verdicts(policyNotPublic, {
  pass: { 'an account': repository(document({ AWS: '111111111111' })), 'of a domain': domain(document({ AWS: ['111111111111'] })) },
  fail: { 'everyone': repository(document('*')), 'everyone in a domain': domain(document({ AWS: '*' })) },
  unknown: { 'by parameter': repository(document({ AWS: P })) },
  notApplicable: { 'no policy': repository(), 'no policy of a domain': domain() },
  trap: {
    'everyone of an organization': pass(repository(document('*', { Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } } }))),
    'everyone is denied': pass(repository(document('*', { Effect: 'Deny' }))),
    'in one branch': fail(repository(document({ AWS: ifProd('111111111111', '*') })), { message: /IsProd is false/ }),
  },
});
