import { any, Evaluation, Property, ResourceReader, Truth } from '../kernel';

/** Load balancers that write their access logs, by the property that names the bucket. */
const LOAD_BALANCERS = [
  { type: 'AWS::ElasticLoadBalancingV2::LoadBalancer', property: 'LoadBalancerAttributes.Value' },
  { type: 'AWS::ElasticLoadBalancing::LoadBalancer', property: 'AccessLoggingPolicy.S3BucketName' },
];

/** The bucket receives the server access logs of another bucket, as a `LoggingConfiguration` or its own canned ACL says. */
export function receivesServerAccessLogs(bucket: ResourceReader, model: Evaluation): Truth {
  const sources = model.referrers(bucket, 'AWS::S3::Bucket', 'LoggingConfiguration.DestinationBucketName').filter((source) => source.resource !== bucket.resource);
  return any([Truth.of(sources.length > 0, 'no bucket logs to it'), bucket.get('AccessControl').is('LogDeliveryWrite'), admitsLogDelivery(bucket, model)]);
}

/** Its policy lets the log delivery of S3 write, so it is a target for buckets that stand in other templates. */
function admitsLogDelivery(bucket: ResourceReader, model: Evaluation): Truth {
  return any(model.referrers(bucket, 'AWS::S3::BucketPolicy', 'Bucket').map((policy) => policy.get('PolicyDocument').policy().some('Allow',
    (statement) => statement.property.get('Principal.Service').some((service) => service.is('logging.s3.amazonaws.com')))), 'no policy admits the delivery of access logs');
}

/** The bucket receives access logs of buckets or load balancers: both support only SSE-S3 there. */
export function receivesAccessLogs(bucket: ResourceReader, model: Evaluation): Truth {
  return any([
    receivesServerAccessLogs(bucket, model),
    ...LOAD_BALANCERS.map(({ type, property }) => Truth.of(model.referrers(bucket, type, property).length > 0, 'no load balancer logs to it')),
  ]);
}

/** The bucket that a property names, when the templates given hold it. */
export function bucketNamed(name: Property, model: Evaluation): ResourceReader | undefined {
  return model.resourceNamed(name, 'AWS::S3::Bucket');
}
