import { ifProd, MACRO, P, subject } from './cases';
import { fail, verdicts } from './verdicts';
import { logging } from '../../src/rules/opensearch-ingestion';

const pipeline = subject('AWS::OSIS::Pipeline');
const logs = (IsLoggingEnabled: unknown, CloudWatchLogDestination: unknown = { LogGroup: '/aws/vendedlogs/p' }) => pipeline({ LogPublishingOptions: { IsLoggingEnabled, CloudWatchLogDestination } });

verdicts(logging, {
  pass: { 'on': logs(true), 'as text': logs('true') },
  fail: { 'absent': pipeline(), 'off': logs(false), 'nowhere': logs(true, {}) },
  unknown: { 'by parameter': logs(P), 'the group by a macro': logs(true, { LogGroup: MACRO }) },
  trap: {
    'a group without the switch': fail(pipeline({ LogPublishingOptions: { CloudWatchLogDestination: { LogGroup: '/aws/vendedlogs/p' } } })),
    'in one branch': fail(logs(ifProd(true, false)), { message: /IsProd is false/ }),
    'off as text': fail(logs('false')),
  },
});
