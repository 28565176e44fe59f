import { caseOf, ifProd, MACRO, P, subject } from './cases';
import { deployed, environmentVerdicts, HERE, OTHER_REGION } from './environment-verdicts';
import { Case, fail, pass, unknown } from './verdicts';
import { enabled, findingAggregator, findingsRouted, standards } from '../../src/rules/securityhub';

const hub = subject('AWS::SecurityHub::Hub');
const call = (service: string, action: string) => subject('Custom::AWS')({ Create: JSON.stringify({ service, action }) });
environmentVerdicts(enabled, {
  pass: { 'a hub': hub(), 'the newer one': subject('AWS::SecurityHub::HubV2')(), 'by an API call': call('SecurityHub', 'enableSecurityHub'), 'of the newer one': call('SecurityHub', 'enableSecurityHubV2') },
  unknown: { 'a standard only': subject('AWS::SecurityHub::Standard')(), 'another call': call('SecurityHub', 'describeHub'), 'another service': call('GuardDuty', 'enableSecurityHub') },
  trap: {
    'in production only': unknown(caseOf({ Hub: { Type: 'AWS::SecurityHub::Hub', Condition: 'IsProd' } }), { message: /IsProd is false/ }),
    'in another Region': unknown(deployed({ [HERE]: {}, [OTHER_REGION]: hub() })),
  },
});

const standard = (StandardsArn?: unknown): Case => ({ Standard: { Type: 'AWS::SecurityHub::Standard', Properties: { StandardsArn } } });
environmentVerdicts(standards, {
  pass: { 'those of the hub': hub(), 'stated': hub({ EnableDefaultStandards: 'true' }), 'one by itself': hub({ EnableDefaultStandards: false }, standard('arn')) },
  fail: { 'none': hub({ EnableDefaultStandards: false }), 'one without a name': caseOf(standard()) },
  unknown: { 'by parameter': hub({ EnableDefaultStandards: P }), 'the newer hub, which has none': subject('AWS::SecurityHub::HubV2')() },
  trap: {
    'not stated, where it must be': fail(hub(), { options: { requireExplicit: true } }),
    'in one branch': fail(hub({ EnableDefaultStandards: ifProd(true, false) }), { message: /IsProd is false/ }),
    'a standard in another Region': fail(deployed({ [HERE]: hub({ EnableDefaultStandards: false }), [OTHER_REGION]: standard('arn') })),
  },
});

const linking = (RegionLinkingMode: unknown, type = 'AWS::SecurityHub::FindingAggregator') => subject(type)({ RegionLinkingMode });
environmentVerdicts(findingAggregator, {
  pass: {
    'all Regions': linking('ALL_REGIONS'),
    'some': linking('SPECIFIED_REGIONS'),
    'the newer one': linking('ALL_REGIONS_EXCEPT_SPECIFIED', 'AWS::SecurityHub::AggregatorV2'),
    'in another Region': deployed({ [HERE]: {}, [OTHER_REGION]: linking('ALL_REGIONS') }),
  },
  fail: { 'none': linking('NO_REGIONS') },
  unknown: { 'by parameter': linking(P) },
  trap: { 'in one branch': fail(linking(ifProd('ALL_REGIONS', 'NO_REGIONS'))), 'a hub only': unknown(hub()) },
});

const rule = (EventPattern: unknown, more: object = {}) => subject('AWS::Events::Rule', { Targets: [{ Id: 't', Arn: 'arn' }] })({ EventPattern, ...more });
const guardDuty = (...severity: unknown[]) => ({ 'source': ['aws.guardduty'], 'detail-type': ['GuardDuty Finding'], 'detail': { severity } });
const hubFindings = (Label: unknown, more: object = {}) => ({ 'source': ['aws.securityhub'], 'detail-type': ['Security Hub Findings - Imported'], 'detail': { findings: { Severity: { Label }, ...more } } });
environmentVerdicts(findingsRouted, {
  pass: {
    'every finding of GuardDuty': rule({ source: ['aws.guardduty'] }),
    'severe ones': rule(guardDuty({ numeric: ['>=', 7] })),
    'severe ones, in another way': rule(guardDuty({ numeric: ['>', 6.9, '<=', 10] })),
    'by a list': rule(guardDuty(1, 7, 8, 9)),
    'of Security Hub': rule(hubFindings(['HIGH', 'CRITICAL'], { Workflow: { Status: ['NEW'] }, RecordState: [{ 'anything-but': 'ARCHIVED' }] })),
    'of both': rule({ source: ['aws.guardduty', 'aws.securityhub'] }),
    'as JSON text': rule(JSON.stringify(guardDuty({ numeric: ['>=', 4] }))),
  },
  fail: {
    'no target': rule({ source: ['aws.guardduty'] }, { Targets: [] }),
    'switched off': rule({ source: ['aws.guardduty'] }, { State: 'DISABLED' }),
    'the worst only': rule(guardDuty({ numeric: ['>=', 8] })),
    'mild ones only': rule(guardDuty({ numeric: ['<', 7] })),
    'not those of 7': rule(guardDuty(8, 9)),
    'not those of 8': rule(guardDuty(7, 9)),
    'not those of 9': rule(guardDuty(7, 8)),
    'HIGH only': rule(hubFindings(['HIGH'])),
    'CRITICAL only': rule(hubFindings(['CRITICAL'])),
    'another kind of event': rule({ 'source': ['aws.securityhub'], 'detail-type': ['Security Hub Insight Results'] }),
  },
  unknown: {
    'the source by parameter': rule({ source: [P] }),
    'the severity by parameter': rule(guardDuty({ numeric: ['>=', P] })),
    'the pattern by macro': rule(MACRO),
    'an unfamiliar comparison': rule(guardDuty({ 'not-yet': 7 })),
    'other events': rule({ source: ['aws.health'] }),
    'a schedule': rule(undefined, { ScheduleExpression: 'rate(1 day)' }),
  },
  trap: {
    'one rule of two': pass({ ...rule({ source: ['aws.guardduty'] }), Other: { Type: 'AWS::Events::Rule', Properties: { EventPattern: guardDuty({ numeric: ['<', 4] }) } } }),
    'disabled in one branch': fail(rule({ source: ['aws.guardduty'] }, { State: ifProd('ENABLED', 'DISABLED') }), { message: /IsProd is false/ }),
    'in another Region': unknown(deployed({ [HERE]: {}, [OTHER_REGION]: rule({ source: ['aws.guardduty'] }) })),
    'severe findings that are archived': fail(rule(hubFindings(['HIGH', 'CRITICAL'], { RecordState: ['ARCHIVED'] }))),
  },
});
