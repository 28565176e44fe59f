import { awsDefaults } from '../aws-defaults';
import { all, any, both, Evaluation, Property, ResourceReader, Truth } from '../kernel';
import { sameAs } from './same';

const COMPOSITE = 'AWS::CloudWatch::CompositeAlarm';

/** A composite alarm names its parts in a rule: `ALARM("name")`. */
export function partOfComposite(alarm: ResourceReader, model: Evaluation): boolean {
  if (model.referrers(alarm, COMPOSITE, 'AlarmRule').length) return true;
  const name = alarm.get('AlarmName').scalar;
  return name !== undefined && model.ofType(COMPOSITE).some((composite) => composite.get('AlarmRule').includes(`"${name}"`).yes);
}

/** When the alarm rings, it does something, by itself or through a composite alarm. */
function rings(alarm: ResourceReader, model: Evaluation): Truth {
  if (partOfComposite(alarm, model)) return Truth.YES;
  return all(
    alarm.get('AlarmActions').count(1).because(`alarm ${alarm.logicalId} has no action`),
    alarm.get('ActionsEnabled').awsDefault(awsDefaults['AWS::CloudWatch::Alarm.ActionsEnabled']).isTrue(),
  );
}

/** An alarm that rings watches a metric of the filter. */
export function filterAlarmed(filter: ResourceReader, model: Evaluation): Truth {
  return filter.get('MetricTransformations').some((metric) => any(
    model.ofType('AWS::CloudWatch::Alarm').map((alarm) => both(watches(alarm, metric), () => rings(alarm, model))), 'no alarm watches it',
  )).because(`no alarm that notifies watches the metric of ${filter.logicalId}`);
}

function watches(alarm: ResourceReader, metric: Property): Truth {
  const same = (place: Property): Truth => all(
    sameAs(place.get('MetricName'), metric.get('MetricName')), sameAs(place.get('Namespace'), metric.get('MetricNamespace')),
  );
  return any([same(alarm.properties()), alarm.get('Metrics').some((query) => same(query.get('MetricStat.Metric')))]);
}
