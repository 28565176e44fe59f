import { all, any, Evaluation, Property, ResourceReader, Truth } from '../kernel';

/**
 * The logs of a resource are delivered through CloudWatch: an `AWS::Logs::DeliverySource` for it, and an `AWS::Logs::Delivery` that carries
 * the source to a destination. (CloudWatch Logs user guide, "Enable logging from AWS services")
 */
export function deliversLogs(resource: ResourceReader, model: Evaluation, logType: RegExp): Truth {
  return any(model.referrers(resource, 'AWS::Logs::DeliverySource', 'ResourceArn').map((source) => all(
    source.get('LogType').matches(logType, 'access logs'),
    any(model.ofType('AWS::Logs::Delivery').map((delivery) => names(delivery.get('DeliverySourceName'), source)), 'no AWS::Logs::Delivery carries the logs on'),
  )), 'no AWS::Logs::DeliverySource takes its logs');
}

function names(place: Property, source: ResourceReader): Truth {
  const name = source.get('Name').scalar;
  return any([place.names(source), ...name === undefined ? [] : [place.is(name)]]);
}
