import { awsDefaults } from './aws-defaults';
import { all, any, both, environmentRule, not, Property, ResourceReader, rule, Truth } from './kernel';

const RECORDER = ['AWS::Config::ConfigurationRecorder'];
/** Both take in types that AWS Config learns later. */
const STRATEGIES = ['ALL_SUPPORTED_RESOURCE_TYPES', 'EXCLUSION_BY_RESOURCE_TYPES'];

export const recorderEnabled = environmentRule({
  id: 'Config.RecorderEnabled',
  resourceTypes: RECORDER,
  within: 'region',
  title: 'AWS Config records resources of all types and delivers the record',
  severity: 'medium',
  criteria: { direct: ['CC7.1'], supporting: ['CC2.1', 'CC4.1', 'CC8.1'] },
  rationale: 'The record shows what was configured when, and feeds the checks on it. A recorder without a delivery channel never starts.',
  remediation: { l2: 'new CfnConfigurationRecorder(…) and new CfnDeliveryChannel(…)', cfn: 'RecordingGroup: { AllSupported: true }, and an AWS::Config::DeliveryChannel' },
  sources: ['CIS AWS Foundations 3.3', 'AWS Security Hub Config.1', 'AWS::Config::DeliveryChannel: CloudFormation starts the recorder when it is there'],
  check: (recorder, model) => all(
    recordsAll(recorder),
    Truth.of(model.ofType('AWS::Config::DeliveryChannel').length > 0, 'no AWS::Config::DeliveryChannel is there, without which it does not start'),
  ),
});

function group(recorder: ResourceReader): Property {
  return recorder.get('RecordingGroup').awsDefault(awsDefaults['AWS::Config::ConfigurationRecorder.RecordingGroup']);
}

function recordsAll(recorder: ResourceReader): Truth {
  return any([group(recorder).get('AllSupported').isTrue(), group(recorder).get('RecordingStrategy.UseOnly').oneOf(STRATEGIES)])
    .because('it records some types of resources only');
}

export const globalResourcesRecorded = environmentRule({
  id: 'Config.GlobalResourcesRecorded',
  resourceTypes: RECORDER,
  within: 'account',
  title: 'AWS Config records users, groups, roles and policies in some Region',
  severity: 'low',
  criteria: { direct: ['CC7.1'], supporting: ['CC6.2', 'CC6.3', 'CC8.1'] },
  rationale: 'Recording all types leaves out IAM unless one is asked to take it in; who could do what would be missing from the record.',
  remediation: { l2: 'recordingGroup: { allSupported: true, includeGlobalResourceTypes: true }', cfn: 'RecordingGroup: { AllSupported: true, IncludeGlobalResourceTypes: true } in one Region' },
  sources: ['AWS::Config::ConfigurationRecorder RecordingGroup', 'CIS AWS Foundations 3.3'],
  check: (recorder) => any([
    recorder.get('RecordingGroup.IncludeGlobalResourceTypes').isTrue(),
    all(
      recorder.get('RecordingGroup.RecordingStrategy.UseOnly').is('EXCLUSION_BY_RESOURCE_TYPES'),
      not(recorder.get('RecordingGroup.ExclusionByResourceTypes.ResourceTypes').some((type) => type.includes('AWS::IAM::')), 'types of IAM are excluded'),
    ),
  ]).because('it leaves out IAM'),
});

export const rulesPresent = environmentRule({
  id: 'Config.RulesPresent',
  resourceTypes: [
    'AWS::Config::ConfigRule', 'AWS::Config::ConformancePack', 'AWS::Config::OrganizationConfigRule', 'AWS::Config::OrganizationConformancePack',
  ],
  within: 'region',
  title: 'AWS Config rules evaluate what is deployed',
  severity: 'low',
  criteria: { direct: ['CC4.1', 'CC7.1'], supporting: ['CC4.2', 'CC5.2'] },
  rationale: 'A record alone judges nothing: rules say whether a change leads away from the standard, long after the template was reviewed.',
  remediation: { l2: 'new ManagedRule(…), or new CfnConformancePack(…)', cfn: 'AWS::Config::ConfigRule, or AWS::Config::ConformancePack' },
  sources: ['AWS Config developer guide, "Evaluating resources with AWS Config rules"', 'AWS::Config::ConfigRule, EvaluationModes'],
  // A rule that is asked before deployment only says nothing of what is there.
  check: (resource) => (resource.type === 'AWS::Config::ConfigRule' ? resource.get('EvaluationModes')
    .awsDefault(awsDefaults['AWS::Config::ConfigRule.EvaluationModes']).some((mode) => mode.get('Mode').is('DETECTIVE')) : Truth.YES),
});

export const aggregator = environmentRule({
  id: 'Config.Aggregator',
  resourceTypes: ['AWS::Config::ConfigurationAggregator'],
  within: 'account',
  title: 'An aggregator gathers what AWS Config finds in other accounts and Regions',
  severity: 'low',
  criteria: { direct: [], supporting: ['CC4.1'] },
  rationale: 'One view over accounts spares the reviewer a walk through each of them. It belongs into one account of the organization, not into every one.',
  remediation: { l2: 'new CfnConfigurationAggregator(…)', cfn: 'an AWS::Config::ConfigurationAggregator' },
  sources: ['AWS Config developer guide, "Multi-account multi-Region data aggregation for AWS Config"'],
  onByDefault: false,
  check: (one) => any([
    one.get('OrganizationAggregationSource').isPresent(), one.get('AccountAggregationSources').count(1),
  ]).because('it has no source'),
});

export const aggregatorAllRegions = rule({
  id: 'Config.AggregatorAllRegions',
  resourceTypes: ['AWS::Config::ConfigurationAggregator'],
  title: 'The aggregator gathers from every Region',
  severity: 'low',
  criteria: { direct: ['CC4.1'], supporting: ['CC7.1'] },
  rationale: 'What is deployed in a Region that nobody thought of is what a view over all Regions is for; a list of Regions misses the next one.',
  remediation: { l2: 'new CfnConfigurationAggregator(…) with allAwsRegions: true', cfn: 'AllAwsRegions: true in each source' },
  sources: ['AWS::Config::ConfigurationAggregator OrganizationAggregationSource and AccountAggregationSource: AllAwsRegions', 'AWS Config developer guide, "Multi-account multi-Region data aggregation for AWS Config"'],
  check: (one) => {
    const organization = one.get('OrganizationAggregationSource');
    const accounts = one.get('AccountAggregationSources');
    return any([
      both(organization.isPresent(), () => organization.get('AllAwsRegions').isTrue()),
      both(accounts.count(1), () => accounts.every((source) => source.get('AllAwsRegions').isTrue())),
    ]);
  },
});
