import { P, subject } from './cases';
import { fail, notApplicable, pass, Table, verdicts } from './verdicts';
import * as rules from '../../src/rules/organizations';

const document = (...Statement: unknown[]) => ({ Version: '2012-10-17', Statement });
const control = (Content: unknown, others = {}) => subject('AWS::Organizations::Policy', { Type: 'SERVICE_CONTROL_POLICY' })({ Content }, others);
const deny = (Action: unknown) => ({ Effect: 'Deny', Action, Resource: '*' });
const other = (Content: unknown) => ({ Other: { Type: 'AWS::Organizations::Policy', Properties: { Type: 'SERVICE_CONTROL_POLICY', Content } } });

const guard = (action: string, also: string[] = []): Table => ({
  pass: { 'denied': control(document(deny([action, ...also, 's3:*']))), 'as text': control(JSON.stringify(document(deny([action, ...also])))), 'all of the service': control(document(deny(`${action.split(':')[0]}:*`))), 'by another policy': control(document(deny('ec2:*')), other(document(deny([action, ...also])))) },
  fail: { 'something else': control(document(deny('ec2:*'))), 'allowed': control(document({ ...deny(action), Effect: 'Allow' })) },
  unknown: { 'by parameter': control(P) },
  notApplicable: { 'a tag policy': subject('AWS::Organizations::Policy')({ Type: 'TAG_POLICY', Content: {} }) },
  trap: {
    'all but that': fail(control(document({ Effect: 'Deny', NotAction: action, Resource: '*' }))), 'all but another': pass(control(document({ Effect: 'Deny', NotAction: 's3:*', Resource: '*' }))),
    'of resources': pass(subject('AWS::Organizations::Policy')({ Type: 'RESOURCE_CONTROL_POLICY', Content: document(deny([action, ...also])) })), 'a backup policy': notApplicable(subject('AWS::Organizations::Policy')({ Type: 'BACKUP_POLICY', Content: document(deny(action)) })),
  },
});
verdicts(rules.recordsGuarded, guard('cloudtrail:StopLogging', ['cloudtrail:DeleteTrail']));
verdicts(rules.leavingDenied, guard('organizations:LeaveOrganization'));
