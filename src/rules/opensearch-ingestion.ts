import { all, rule } from './kernel';

export const logging = rule({
  id: 'OpenSearchIngestion.Logging',
  resourceTypes: ['AWS::OSIS::Pipeline'],
  title: 'Ingestion pipeline publishes its logs',
  severity: 'low',
  criteria: { direct: ['CC7.2'], supporting: ['PI1.3'] },
  rationale: 'Records that a pipeline could not process show in its logs only; without them data is lost unseen.',
  remediation: { cfn: 'LogPublishingOptions: { IsLoggingEnabled: true, CloudWatchLogDestination: { LogGroup } }' },
  sources: ['Amazon OpenSearch Service developer guide, "Monitoring Amazon OpenSearch Ingestion pipeline logs"'],
  check: (pipeline) => all(
    pipeline.get('LogPublishingOptions.IsLoggingEnabled').isTrue(), pipeline.get('LogPublishingOptions.CloudWatchLogDestination.LogGroup').isPresent(),
  ),
});
