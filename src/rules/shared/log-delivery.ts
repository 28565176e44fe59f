import { all, any, Evaluation, ResourceReader, Truth } from '../kernel';
import { sameAs } from './same';

/**
 * The logs of a resource are delivered through CloudWatch: an `AWS::Logs::DeliverySource` for it, and an `AWS::Logs::Delivery` that carries
 * the source to a destination. (CloudWatch Logs user guide, "Enable logging from AWS services")
 */
export function deliversLogs(resource: ResourceReader, model: Evaluation, logType: RegExp): Truth {
  return any(model.referrers(resource, 'AWS::Logs::DeliverySource', 'ResourceArn').map((source) => all(
    source.get('LogType').matches(logType, 'access logs'),
    any(model.ofType('AWS::Logs::Delivery').map((delivery) => {
      const name = delivery.get('DeliverySourceName');
      return any([name.names(source), sameAs(name, source.get('Name'))]);
    }), 'no AWS::Logs::Delivery carries the logs on'),
  )), 'no AWS::Logs::DeliverySource takes its logs');
}
