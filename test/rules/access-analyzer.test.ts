import { ifProd, P, subject } from './cases';
import { deployed, environmentVerdicts, HERE, OTHER_REGION } from './environment-verdicts';
import { fail, pass, unknown } from './verdicts';
import { externalAccess, unusedAccess } from '../../src/rules/access-analyzer';

const analyzer = (Type: unknown) => subject('AWS::AccessAnalyzer::Analyzer')({ Type });
const required = (id: string) => ({ options: { required: new Set([id]) }, message: /^it is required/ });

environmentVerdicts(externalAccess, {
  pass: { 'of the account': analyzer('ACCOUNT'), 'of the organization': analyzer('ORGANIZATION') },
  unknown: { 'by parameter': analyzer(P), 'of unused access': analyzer('ACCOUNT_UNUSED_ACCESS') },
  trap: {
    'of unused access, though it is required': fail(analyzer('ACCOUNT_UNUSED_ACCESS'), required('AccessAnalyzer.ExternalAccess')),
    'in one branch': unknown(analyzer(ifProd('ACCOUNT', 'ACCOUNT_INTERNAL_ACCESS')), { message: /IsProd is false/ }),
    'in another Region': unknown(deployed({ [HERE]: {}, [OTHER_REGION]: analyzer('ACCOUNT') })),
    'one of two': pass({ ...analyzer('ACCOUNT_UNUSED_ACCESS'), Other: { Type: 'AWS::AccessAnalyzer::Analyzer', Properties: { Type: 'ACCOUNT' } } }),
  },
});
environmentVerdicts(unusedAccess, {
  pass: {
    'of the account': analyzer('ACCOUNT_UNUSED_ACCESS'),
    'of the organization': analyzer('ORGANIZATION_UNUSED_ACCESS'),
    'in another Region': deployed({ [HERE]: {}, [OTHER_REGION]: analyzer('ACCOUNT_UNUSED_ACCESS') }),
  },
  unknown: { 'by parameter': analyzer(P) },
  trap: { 'of external access, though it is required': fail(analyzer('ACCOUNT'), required('AccessAnalyzer.UnusedAccess')) },
});
