import { ifProd, P, subject } from './cases';
import { fail, pass, unknown, verdicts } from './verdicts';
import * as rules from '../../src/rules/verified-access';

const instance = subject('AWS::EC2::VerifiedAccessInstance');
const to = (destination: string, enabled: unknown = true) => instance({ LoggingConfigurations: { [destination]: { Enabled: enabled } } });
verdicts(rules.logging, {
  pass: { 'CloudWatch': to('CloudWatchLogs'), 'S3': to('S3'), 'a stream': to('KinesisDataFirehose') },
  fail: { none: instance(), off: to('S3', false) },
  unknown: { 'a parameter': to('S3', P) },
  trap: {
    'a bucket alone does nothing': fail(instance({ LoggingConfigurations: { S3: { BucketName: 'logs' } } })),
    'as text': pass(to('CloudWatchLogs', 'true')),
  },
});

const CONDITION = 'permit(principal, action, resource) when { context.idp.groups.contains("ops") };';
const ALL = 'permit(principal, action, resource);';
const make = subject('AWS::EC2::VerifiedAccessEndpoint', { VerifiedAccessGroupId: { Ref: 'Group' } });
const grouped = (endpoint: object, group: object = {}) => make(endpoint, { Group: { Type: 'AWS::EC2::VerifiedAccessGroup', Properties: group } });
verdicts(rules.endpointPolicy, {
  pass: {
    'of the endpoint': grouped({ PolicyDocument: CONDITION, PolicyEnabled: true }),
    'of its group': grouped({}, { PolicyDocument: CONDITION, PolicyEnabled: true }),
  },
  fail: { none: grouped({}), everyone: grouped({ PolicyDocument: ALL, PolicyEnabled: true }) },
  unknown: { 'whether it is enabled is a parameter': grouped({ PolicyDocument: CONDITION, PolicyEnabled: P }) },
  trap: {
    'not enabled': fail(grouped({ PolicyDocument: CONDITION, PolicyEnabled: 'false' })),
    'everyone, as the group sees it, but not the endpoint': pass(grouped({ PolicyDocument: CONDITION }, { PolicyDocument: ALL })),
    'everyone on both levels': fail(grouped({ PolicyDocument: ALL }, { PolicyDocument: 'permit( principal,action,resource )when { true } ;' })),
    'the group is not in the templates': unknown(make({ VerifiedAccessGroupId: 'vagr-1' })),
    'a policy that deployment supplies': pass(grouped({ PolicyDocument: P, PolicyEnabled: true })),
    'in one branch': fail(grouped({ PolicyDocument: ifProd(CONDITION, ALL) }), { message: /when IsProd is false/ }),
  },
});
