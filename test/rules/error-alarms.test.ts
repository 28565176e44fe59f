import { P, subject } from './cases';
import { Case, fail, pass, verdicts } from './verdicts';
import { apiErrorAlarm, balancerErrorAlarm, workflowFailureAlarm } from '../../src/rules/error-alarms';

const alarm = (MetricName: string, Value: unknown, Name = 'Any'): Case => ({ Alarm: { Type: 'AWS::CloudWatch::Alarm', Properties: { MetricName, Dimensions: [{ Name, Value }] } } });
const within = (MetricName: string, Value: unknown): Case => ({
  Alarm: { Type: 'AWS::CloudWatch::Alarm', Properties: { Metrics: [{ Id: 'all', Expression: 'a/b' }, { Id: 'a', MetricStat: { Metric: { MetricName, Dimensions: [{ Name: 'Any', Value }] } } }] } },
});
const SELF = { Ref: 'Subject' };

const stage = subject('AWS::ApiGateway::Stage', { RestApiId: { Ref: 'Api' }, StageName: 'prod' });
const api = { Api: { Type: 'AWS::ApiGateway::RestApi', Properties: { Name: 'orders' } } };
const httpStage = subject('AWS::ApiGatewayV2::Stage', { ApiId: { Ref: 'Api' } });
const httpApi = { Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { Name: 'orders' } } };

verdicts(apiErrorAlarm, {
  pass: {
    'by name': stage({}, { ...api, ...alarm('5XXError', 'orders') }),
    'by id': httpStage({}, { ...httpApi, ...alarm('5xx', { Ref: 'Api' }) }),
    'latency, within a calculation': stage({}, { ...api, ...within('Latency', 'orders') }),
    'SAM': subject('AWS::Serverless::HttpApi')({}, alarm('5xx', SELF)),
  },
  fail: { 'none': stage({}, api), 'of another API': stage({}, { ...api, ...alarm('5XXError', 'other') }) },
  unknown: { 'by a parameter': stage({}, { ...api, ...alarm('5XXError', P) }), 'the API is elsewhere': stage({ RestApiId: 'abc' }, alarm('5XXError', 'orders')) },
  notApplicable: { 'a deployment that makes no stage': subject('AWS::ApiGateway::Deployment')({}, api) },
  trap: {
    'another metric': fail(stage({}, { ...api, ...alarm('Count', 'orders') })),
    'errors of one API, the count of another': fail(stage({}, { ...api, Alarm: { Type: 'AWS::CloudWatch::Alarm', Properties: { Metrics: [{ MetricStat: { Metric: { MetricName: '5XXError', Dimensions: [{ Value: 'other' }] } } }, { MetricStat: { Metric: { MetricName: 'Count', Dimensions: [{ Value: 'orders' }] } } }] } } })),
    'two dimensions, the second of which names it': pass(stage({}, { ...api, Alarm: { Type: 'AWS::CloudWatch::Alarm', Properties: { MetricName: '5XXError', Dimensions: [{ Value: 'prod' }, { Value: 'orders' }] } } })),
    'an API that is given no name': fail(stage({}, { Api: { Type: 'AWS::ApiGateway::RestApi' }, ...alarm('5XXError', 'orders') })),
  },
});

const balancer = subject('AWS::ElasticLoadBalancingV2::LoadBalancer');
const FULL_NAME = { 'Fn::GetAtt': ['Subject', 'LoadBalancerFullName'] };
const LISTENER = { Listener: { Type: 'AWS::ElasticLoadBalancingV2::Listener', Properties: { LoadBalancerArn: SELF } } };
/** As CDK writes the load balancer of a target group, of which it knows the listener. */
const cutOut = (from: unknown) => ({ 'Fn::Join': ['/', [1, 2, 3].map((piece) => ({ 'Fn::Select': [piece, { 'Fn::Split': ['/', from] }] }))] });
verdicts(balancerErrorAlarm, {
  pass: { 'errors': balancer({}, alarm('HTTPCode_ELB_5XX_Count', FULL_NAME)), 'targets, within a calculation': balancer({ Type: 'network' }, within('UnHealthyHostCount', FULL_NAME)) },
  fail: { 'none': balancer(), 'another metric': balancer({}, alarm('RequestCount', FULL_NAME)) },
  unknown: { 'the metric is a parameter': balancer({}, { Alarm: { Type: 'AWS::CloudWatch::Alarm', Properties: { MetricName: P, Dimensions: [{ Value: FULL_NAME }] } } }) },
  notApplicable: { 'a gateway': balancer({ Type: 'gateway' }) },
  trap: {
    'of another load balancer': fail(balancer({}, { Other: { Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer' }, ...alarm('HTTPCode_ELB_5XX_Count', { 'Fn::GetAtt': ['Other', 'LoadBalancerFullName'] }) })),
    'by pieces of the ARN of its listener': pass(balancer({}, { ...LISTENER, ...alarm('HTTPCode_Target_5XX_Count', cutOut({ Ref: 'Listener' }), 'LoadBalancer') })),
    'requests, by pieces of the ARN of its listener': fail(balancer({}, { ...LISTENER, ...alarm('RequestCount', cutOut({ Ref: 'Listener' }), 'LoadBalancer') })),
    'by pieces of another ARN': fail(balancer({}, { ...LISTENER, Other: { Type: 'AWS::ElasticLoadBalancingV2::Listener' }, ...alarm('HTTPCode_Target_5XX_Count', cutOut({ Ref: 'Other' }), 'LoadBalancer') })),
    'by pieces of its listener in another dimension': fail(balancer({}, { ...LISTENER, ...alarm('HTTPCode_Target_5XX_Count', cutOut({ Ref: 'Listener' }), 'TargetGroup') })),
  },
});

const machine = subject('AWS::StepFunctions::StateMachine');
verdicts(workflowFailureAlarm, {
  pass: { 'failures': machine({}, alarm('ExecutionsFailed', SELF)), 'timeouts': machine({}, alarm('ExecutionsTimedOut', { 'Fn::GetAtt': ['Subject', 'Arn'] })), 'SAM': subject('AWS::Serverless::StateMachine')({}, within('ExecutionsFailed', SELF)) },
  fail: { 'none': machine() },
  unknown: { 'the metric is a parameter': machine({}, { Alarm: { Type: 'AWS::CloudWatch::Alarm', Properties: { MetricName: P, Dimensions: [{ Value: SELF }] } } }) },
  trap: { 'successes': fail(machine({}, alarm('ExecutionsSucceeded', SELF))), 'of another workflow': fail(machine({}, { Other: { Type: 'AWS::StepFunctions::StateMachine' }, ...alarm('ExecutionsFailed', { Ref: 'Other' }) })) },
});
