import { ABSENT } from '../../template/value';
import { awsDefaults } from '../aws-defaults';
import { all, AwsDefault, Evaluation, Property, ResourceReader, Truth } from '../kernel';

const FACTS: Readonly<Record<string, AwsDefault>> = awsDefaults;

/** Where the deprecated `DataSources` hold what is a feature now. */
const DATA_SOURCES: Readonly<Record<string, string>> = {
  S3_DATA_EVENTS: 'DataSources.S3Logs.Enable',
  EKS_AUDIT_LOGS: 'DataSources.Kubernetes.AuditLogs.Enable',
  EBS_MALWARE_PROTECTION: 'DataSources.MalwareProtection.ScanEc2InstanceWithFindings.EbsVolumes',
};

/** The feature is on: the detector says so, or does not name it and GuardDuty turns it on by itself. */
export function featureOn(detector: ResourceReader, model: Evaluation, name: string): Truth {
  const named = detector.get('Features').some((feature) => feature.get('Name').is(name));
  if (named.no) return unnamed(detector, model, name);
  const on = withFeature(detector, name, (feature) => feature.get('Status').is('ENABLED'));
  return named.yes || on.yes ? on : Truth.unknown(named.message);
}

/** The feature is named and answers yes. */
export function withFeature(detector: ResourceReader, name: string, check: (feature: Property) => Truth): Truth {
  return detector.get('Features').some((feature) => all(feature.get('Name').is(name), check(feature))).because(`${name} is not on`);
}

function unnamed(detector: ResourceReader, model: Evaluation, name: string): Truth {
  const source = DATA_SOURCES[name] === undefined ? undefined : detector.get(DATA_SOURCES[name]);
  if (source && !source.missing) return source.isTrue();
  const fact = FACTS[`AWS::GuardDuty::Detector.Features.${name}`];
  if (!fact) return Truth.no(`the detector does not name ${name}`);
  return new Property(model, `Properties.Features[${name}].Status`, ABSENT).awsDefault(fact).is('ENABLED');
}
