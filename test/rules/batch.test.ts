import { ifProd, P, subject } from './cases';
import { fail, verdicts } from './verdicts';
import { notPrivileged } from '../../src/rules/batch';

const job = subject('AWS::Batch::JobDefinition');
const container = (Privileged: unknown) => job({ ContainerProperties: { Privileged } });

verdicts(notPrivileged, {
  pass: { 'absent': job(), 'off': container('False') },
  fail: {
    'on': container('true'), 'of a node': job({ NodeProperties: { NodeRangeProperties: [{ Container: {} }, { Container: { Privileged: true } }] } }),
    'of a task': job({ EcsProperties: { TaskProperties: [{ Containers: [{ Privileged: true }] }] } }),
    'of a pod': job({ EksProperties: { PodProperties: { Containers: [{ SecurityContext: { Privileged: true } }] } } }),
  },
  unknown: { 'by parameter': container(P), 'nodes by parameter': job({ NodeProperties: { NodeRangeProperties: P } }) },
  trap: { 'in one branch': fail(container(ifProd(false, true)), { message: /IsProd is false/ }) },
});
