import { all, any, applies, Evaluation, Property, ResourceReader, rule, Truth } from './kernel';
import { watched } from './shared/alarm';
import { HTTP_STAGES, stageOf, STAGES } from './shared/api-stage';
import { sameAs } from './shared/same';
import { isReference } from '../template/value';

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
  return someAlarm(model, API_METRICS, (dimension) => namesApi(dimension.get('Value'), api)).because('no alarm on errors or latency names the API');
}

/** Some alarm, by itself or in its calculation, is on one of the metrics, with a dimension that is asked. */
function someAlarm(model: Evaluation, metrics: RegExp, about: (dimension: Property) => Truth): Truth {
  const watches = (metric: Property) => all(metric.get('MetricName').matches(metrics, 'a metric that shows trouble'), metric.get('Dimensions').some(about));
  return any(model.ofType('AWS::CloudWatch::Alarm').flatMap((alarm) => [
    watches(alarm.properties()), alarm.get('Metrics').some((query) => watches(query.get('MetricStat.Metric'))),
  ]));
}

const BALANCER_METRICS =
  /^(HTTPCode_(ELB|Target)_5XX_Count|(Un)?HealthyHostCount|TargetResponseTime|RejectedConnectionCount|TargetConnectionErrorCount|PortAllocationErrorCount|TCP_(ELB|Target)_Reset_Count)$/;

/** Alarms on a target group name the load balancer by pieces of a listener's ARN: CDK knows no more of it there. */
function watchedByListener(balancer: ResourceReader, model: Evaluation): Truth {
  const listeners = model.referrers(balancer, 'AWS::ElasticLoadBalancingV2::Listener', 'LoadBalancerArn').map(({ resource }) => resource);
  if (listeners.length === 0) return Truth.no('it has no listener');
  return someAlarm(model, BALANCER_METRICS, (dimension) => all(dimension.get('Name').is('LoadBalancer'), Truth.of(
    dimension.get('Value').parts.some((part) => typeof part === 'object' && !isReference(part) && part.splitFrom?.some((whole) => isReference(whole) && listeners.includes(whole.target))),
    'it names another load balancer',
  )));
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
    () => any([watched(balancer, model, BALANCER_METRICS), watchedByListener(balancer, model)]).because('no AWS::CloudWatch::Alarm watches such a metric of it')),
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
