import { all, any, applies, Evaluation, Property, ResourceReader, rule, Truth } from './kernel';
import { watched } from './shared/alarm';
import { HTTP_STAGES, stageOf, STAGES } from './shared/api-stage';
import { sameAs } from './shared/same';

const SOURCES = ['Amazon CloudWatch user guide, "Best practice alarm recommendations for AWS services"'];
const ELSEWHERE = 'Alarms may stand in other templates or in another tool, so this is off by default.';

/** REST APIs are told apart by their name (`ApiName`), HTTP and WebSocket APIs by their id. */
function namesApi(dimension: Property, api: ResourceReader): Truth {
  return any([dimension.names(api), api.get('Name').missing ? Truth.no('the API has no name') : sameAs(dimension, api.get('Name'))]);
}

const API_METRICS = /^(5XXError|5xx|4XXError|4xx|Latency|IntegrationLatency|IntegrationError|ExecutionError)$/;

/** Alarms name a REST API by its name, which is no reference, so all of them are looked at. */
function apiWatched(api: ResourceReader | undefined, model: Evaluation): Truth {
  if (!api) return Truth.unknown('the API is not among the templates given');
  const about = (metric: Property) => all(
    metric.get('MetricName').matches(API_METRICS, '5XXError'), metric.get('Dimensions').some((dimension) => namesApi(dimension.get('Value'), api)),
  );
  return any(model.ofType('AWS::CloudWatch::Alarm').flatMap((alarm) => [
    about(alarm.properties()), alarm.get('Metrics').some((query) => about(query.get('MetricStat.Metric'))),
  ])).because('no alarm on errors or latency names the API');
}

export const apiErrorAlarm = rule({
  id: 'ApiGateway.ErrorAlarm',
  resourceTypes: [...STAGES, ...HTTP_STAGES],
  title: 'An alarm watches the errors or the latency of the API',
  severity: 'low',
  onByDefault: false,
  criteria: { direct: [], supporting: ['CC7.2', 'PI1.3'] },
  rationale: `Errors that nobody is told of are found by customers. ${ELSEWHERE}`,
  remediation: { construct: 'ServiceAlarms', l2: 'api.metricServerError().createAlarm()', cfn: 'an AWS::CloudWatch::Alarm on 5XXError or 5xx with dimension ApiName or ApiId' },
  sources: SOURCES,
  check: (resource, model) => stageOf(resource, model, () => {
    if (resource.type.startsWith('AWS::Serverless::')) return apiWatched(resource, model);
    return apiWatched(resource.get(resource.type.startsWith('AWS::ApiGatewayV2::') ? 'ApiId' : 'RestApiId').target(), model);
  }),
});

export const balancerErrorAlarm = rule({
  id: 'ELBv2.ErrorAlarm',
  resourceTypes: ['AWS::ElasticLoadBalancingV2::LoadBalancer'],
  title: 'An alarm watches the errors or the targets of the load balancer',
  severity: 'low',
  onByDefault: false,
  criteria: { direct: [], supporting: ['CC7.2', 'A1.1'] },
  rationale: `Errors and unhealthy targets that nobody is told of are found by customers. ${ELSEWHERE}`,
  remediation: {
    construct: 'ServiceAlarms',
    l2: 'loadBalancer.metrics.httpCodeElb(HttpCodeElb.ELB_5XX_COUNT).createAlarm()',
    cfn: 'an AWS::CloudWatch::Alarm on HTTPCode_ELB_5XX_Count or UnHealthyHostCount with dimension LoadBalancer',
  },
  sources: SOURCES,
  check: (balancer, model) => applies(balancer.get('Type').isNot('gateway'), 'Gateway Load Balancers have metrics of other kinds',
    () => watched(balancer, model, /^(HTTPCode_(ELB|Target)_5XX_Count|(Un)?HealthyHostCount|TargetResponseTime|RejectedConnectionCount|TargetConnectionErrorCount|PortAllocationErrorCount|TCP_(ELB|Target)_Reset_Count)$/)),
});

export const workflowFailureAlarm = rule({
  id: 'StepFunctions.FailureAlarm',
  resourceTypes: ['AWS::StepFunctions::StateMachine', 'AWS::Serverless::StateMachine'],
  title: 'An alarm watches for executions that fail or time out',
  severity: 'low',
  onByDefault: false,
  criteria: { direct: ['PI1.3'], supporting: ['CC7.2'] },
  rationale: `An execution that fails stops work in the middle, and only the console shows it. ${ELSEWHERE}`,
  remediation: { construct: 'ServiceAlarms', l2: 'machine.metricFailed().createAlarm()', cfn: 'an AWS::CloudWatch::Alarm on ExecutionsFailed with dimension StateMachineArn' },
  sources: ['AWS Step Functions developer guide, "Monitoring Step Functions metrics using Amazon CloudWatch"'],
  check: (machine, model) => watched(machine, model, /^Executions?(Failed|TimedOut|Aborted|Throttled)$/),
});
