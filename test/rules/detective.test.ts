import { caseOf, subject } from './cases';
import { deployed, environmentVerdicts, HERE, OTHER_REGION } from './environment-verdicts';
import { unknown } from './verdicts';
import { graph } from '../../src/rules/detective';

const one = subject('AWS::Detective::Graph');
environmentVerdicts(graph, {
  pass: { 'a graph': one() },
  unknown: { 'an invitation to one': subject('AWS::Detective::MemberInvitation')() },
  trap: {
    'in production only': unknown(caseOf({ Graph: { Type: 'AWS::Detective::Graph', Condition: 'IsProd' } }), { message: /IsProd is false/ }),
    'in another Region': unknown(deployed({ [HERE]: {}, [OTHER_REGION]: one() })),
  },
});
