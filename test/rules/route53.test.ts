import { ifProd, MACRO, P, subject } from './cases';
import { fail, notApplicable, pass, unknown, verdicts } from './verdicts';
import * as rules from '../../src/rules/route53';

const zone = subject('AWS::Route53::HostedZone', { Name: 'example.com' });
const VPCS = { VPCs: [{ VPCId: 'vpc-1', VPCRegion: 'eu-west-1' }] };
const LOGS = { QueryLoggingConfig: { CloudWatchLogsLogGroupArn: 'arn' } };

verdicts(rules.queryLogging, {
  pass: { 'logged': zone(LOGS) },
  fail: { 'absent': zone(), 'empty': zone({ QueryLoggingConfig: {} }) },
  unknown: { 'a macro decides': zone({ QueryLoggingConfig: MACRO }), 'whether it is private is a macro': zone({ VPCs: MACRO }) },
  notApplicable: { 'private': zone(VPCS) },
  trap: { 'an empty list of VPCs': fail(zone({ VPCs: [] })), 'in production only': fail(zone({ QueryLoggingConfig: ifProd(LOGS.QueryLoggingConfig) }), { message: /IsProd is false/ }) },
});

const signed = (HostedZoneId: unknown) => zone({}, { Sign: { Type: 'AWS::Route53::DNSSEC', Properties: { HostedZoneId } }, Other: { Type: 'AWS::Route53::HostedZone', Properties: { Name: 'example.org' } } });
verdicts(rules.dnssec, {
  pass: { 'signed': signed({ Ref: 'Subject' }) },
  fail: { 'not': zone() },
  unknown: { 'which zone is a parameter': signed(P) },
  notApplicable: { 'private': zone(VPCS) },
  trap: { 'another zone is signed': fail(signed({ Ref: 'Other' })) },
});

const record = subject('AWS::Route53::RecordSet', { Name: 'www', Type: 'A' });
const group = (...RecordSets: unknown[]) => subject('AWS::Route53::RecordSetGroup')({ RecordSets });
const PRIMARY = { Failover: 'PRIMARY' };
const evaluated = (EvaluateTargetHealth: unknown) => ({ AliasTarget: { DNSName: 'x', HostedZoneId: 'Z', EvaluateTargetHealth } });
verdicts(rules.failoverHealthCheck, {
  pass: { 'a check': record({ ...PRIMARY, HealthCheckId: P }), 'an alias': record({ ...PRIMARY, ...evaluated(true) }), 'in a group': group({ ...PRIMARY, HealthCheckId: 'h' }, { Failover: 'SECONDARY' }) },
  fail: { 'none': record(PRIMARY), 'an alias': record({ ...PRIMARY, ...evaluated(false) }), 'in a group': group(PRIMARY, { Failover: 'SECONDARY', HealthCheckId: 'h' }) },
  unknown: { 'a parameter': record({ ...PRIMARY, ...evaluated(P) }), 'whether it is primary is a parameter': record({ Failover: P }), 'the group is a parameter': subject('AWS::Route53::RecordSetGroup')({ RecordSets: P }) },
  notApplicable: { 'a simple record': record(), 'a secondary one': record({ Failover: 'SECONDARY' }), 'none in a group': group({ Weight: 1 }) },
  trap: {
    'as text': pass(record({ ...PRIMARY, ...evaluated('true') })),
    'a primary one of two names': fail(group({ ...PRIMARY, HealthCheckId: 'h' }, PRIMARY)),
    'a check in production only': fail(record({ ...PRIMARY, HealthCheckId: ifProd('h') }), { message: /IsProd is false/ }),
    'a group that may hold a primary record': unknown(group({ Failover: P })),
    'weighted records need none': notApplicable(group({ Weight: 1 }, { Weight: 2 })),
  },
});
