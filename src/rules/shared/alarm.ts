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
