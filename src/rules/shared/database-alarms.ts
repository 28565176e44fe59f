import { any, Evaluation, ResourceReader, Truth } from '../kernel';

const ALARM = 'AWS::CloudWatch::Alarm';

/** An alarm of the templates has one of the resources as a dimension, and one of the metrics. */
export function alarmOn(resources: readonly ResourceReader[], model: Evaluation, metrics: readonly string[]): Truth {
  const single = resources.flatMap((resource) => model.referrers(resource, ALARM, 'Dimensions.Value')).map((alarm) => alarm.get('MetricName').oneOf(metrics));
  const several = resources.flatMap((resource) => model.referrers(resource, ALARM, 'Metrics.MetricStat.Metric.Dimensions.Value'))
    .map((alarm) => alarm.get('Metrics').some((query) => query.get('MetricStat.Metric.MetricName').oneOf(metrics)));
  const shown = metrics.length > 3 ? `${metrics.slice(0, 3).join(', ')} and the like` : metrics.join(' or ');
  const found = any([...single, ...several], 'no alarm has it as a dimension');
  return found.because(`no ${ALARM} of the templates watches its ${shown}`);
}
