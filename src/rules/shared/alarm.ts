import { all, any, Evaluation, ResourceReader, Truth } from '../kernel';

/** An alarm, by itself or in its calculation, watches one of the metrics of the resource. */
export function watched(resource: ResourceReader, model: Evaluation, metric: RegExp): Truth {
  const expected = 'a metric that shows trouble';
  return any([
    ...model.referrers(resource, 'AWS::CloudWatch::Alarm', 'Dimensions.Value').map((alarm) => alarm.get('MetricName').matches(metric, expected)),
    ...model.referrers(resource, 'AWS::CloudWatch::Alarm', 'Metrics.MetricStat.Metric.Dimensions.Value').map((alarm) => alarm.get('Metrics').some((query) => all(
      query.get('MetricStat.Metric.MetricName').matches(metric, expected),
      query.get('MetricStat.Metric.Dimensions').some((dimension) => dimension.get('Value').names(resource)),
    ))),
  ], 'no AWS::CloudWatch::Alarm has it as its dimension').because('no AWS::CloudWatch::Alarm watches such a metric of it');
}

/** An alarm watches one of the metrics, by name, of one of the resources. */
export function alarmOn(resources: readonly ResourceReader[], model: Evaluation, metrics: readonly string[]): Truth {
  const named = new RegExp(`^(${metrics.join('|')})$`);
  const shown = metrics.length > 3 ? `${metrics.slice(0, 3).join(', ')} and the like` : metrics.join(' or ');
  return any(resources.map((resource) => watched(resource, model, named))).because(`no AWS::CloudWatch::Alarm of the templates watches its ${shown}`);
}
