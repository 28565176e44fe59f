import { any, applies, Property, ResourceReader, rule, Truth } from './kernel';
import { isNamedBy } from './shared/resource-policy';

const ZONE = ['AWS::Route53::HostedZone'];

/** The check of a zone that the internet asks; VPCs make it a private one. */
const ofPublic = (zone: ResourceReader, check: () => Truth) => applies(zone.get('VPCs').isAbsent(), 'the zone is private', check);

export const queryLogging = rule({
  id: 'Route53.QueryLogging',
  resourceTypes: ZONE,
  title: 'Public zone logs queries',
  severity: 'low',
  criteria: { direct: ['CC7.2'], supporting: ['CC7.3'] },
  rationale: 'Queries show scans for hosts, takeovers of names and exfiltration by DNS, which nothing else records.',
  remediation: { l2: 'queryLogsLogGroupArn', cfn: 'QueryLoggingConfig: { CloudWatchLogsLogGroupArn }' },
  configRule: 'ROUTE53_QUERY_LOGGING_ENABLED',
  sources: ['AWS Security Hub Route53.2', 'Amazon Route 53 developer guide, "Public DNS query logging"'],
  check: (zone) => ofPublic(zone, () => zone.get('QueryLoggingConfig.CloudWatchLogsLogGroupArn').isPresent()),
});

export const dnssec = rule({
  id: 'Route53.Dnssec',
  resourceTypes: ZONE,
  title: 'Public zone is signed with DNSSEC',
  severity: 'low',
  onByDefault: false,
  criteria: { direct: [], supporting: ['CC6.6', 'CC6.7'] },
  rationale: 'Signatures let resolvers tell forged answers. A mistake in them takes the domain off the internet, so teams weigh it.',
  remediation: { l2: 'zone.enableDnssec({ kmsKey })', cfn: 'an AWS::Route53::DNSSEC and an AWS::Route53::KeySigningKey for the zone' },
  sources: ['Amazon Route 53 developer guide, "Configuring DNSSEC signing in Amazon Route 53"'],
  check: (zone, model) => ofPublic(zone, () => isNamedBy(zone, model, { type: 'AWS::Route53::DNSSEC', property: 'HostedZoneId' })),
});

/** A record that traffic leaves when it fails, as told by a check of its own or by what it is an alias of. */
const checked = (record: Property) => any([record.get('HealthCheckId').isPresent(), record.get('AliasTarget.EvaluateTargetHealth').isTrue()]);

const isPrimary = (record: Property) => record.get('Failover').is('PRIMARY');

export const failoverHealthCheck = rule({
  id: 'Route53.FailoverHealthCheck',
  resourceTypes: ['AWS::Route53::RecordSet', 'AWS::Route53::RecordSetGroup'],
  title: 'Failover record is checked for health',
  severity: 'medium',
  criteria: { direct: ['A1.2'], supporting: ['CC7.2'] },
  rationale: 'Route 53 takes a record without a health check for healthy, so that traffic never moves to the secondary one.',
  remediation: { l2: 'healthCheck, or evaluateTargetHealth: true', cfn: 'HealthCheckId, or AliasTarget: { EvaluateTargetHealth: true }, for the record with Failover: PRIMARY' },
  sources: ['Amazon Route 53 developer guide, "How Amazon Route 53 chooses records when health checking is configured"'],
  check: (resource) => {
    const records = resource.type === 'AWS::Route53::RecordSetGroup' ? resource.get('RecordSets') : resource.properties();
    if (resource.type === 'AWS::Route53::RecordSet') return applies(isPrimary(records), 'it is no primary failover record', () => checked(records).because('the record has no health check'));
    return applies(records.some(isPrimary), 'it holds no primary failover record',
      () => records.every((record) => (isPrimary(record).no ? Truth.YES : checked(record).because('a record has no health check'))));
  },
});
