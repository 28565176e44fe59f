import { caseOf, ifProd, MACRO, P, subject } from './cases';
import { deployed, environmentVerdicts, HERE, OTHER_REGION } from './environment-verdicts';
import { Case, fail, pass, unknown, verdicts } from './verdicts';
import { aggregator, aggregatorAllRegions, globalResourcesRecorded, recorderEnabled, rulesPresent } from '../../src/rules/config-recording';

const channel: Case = { Channel: { Type: 'AWS::Config::DeliveryChannel', Properties: { S3BucketName: 'config' } } };
const recorder = (RecordingGroup?: unknown, others: Case = channel) => subject('AWS::Config::ConfigurationRecorder', { RoleARN: 'arn' })({ RecordingGroup }, others);
const exclusion = (...ResourceTypes: unknown[]) => ({ RecordingStrategy: { UseOnly: 'EXCLUSION_BY_RESOURCE_TYPES' }, ExclusionByResourceTypes: { ResourceTypes } });

environmentVerdicts(recorderEnabled, {
  pass: {
    'all types': recorder({ AllSupported: true }),
    'by strategy': recorder({ RecordingStrategy: { UseOnly: 'ALL_SUPPORTED_RESOURCE_TYPES' } }),
    'all but some': recorder(exclusion('AWS::EC2::NetworkInterface')),
    'nothing said': recorder(),
    'the channel in another template of the Region': deployed({ [HERE]: { ...recorder({ AllSupported: 'true' }), ...channel } }),
  },
  fail: {
    'some types': recorder({ AllSupported: false, ResourceTypes: ['AWS::S3::Bucket'] }),
    'some types, by strategy': recorder({ RecordingStrategy: { UseOnly: 'INCLUSION_BY_RESOURCE_TYPES' }, ResourceTypes: ['AWS::S3::Bucket'] }),
    'no channel': recorder({ AllSupported: true }, {}),
  },
  unknown: { 'by parameter': recorder({ AllSupported: P }), 'a channel only': channel },
  trap: {
    'no group, where it must be stated': fail(recorder(), { options: { requireExplicit: true } }),
    'a group that says nothing': fail(recorder({ IncludeGlobalResourceTypes: true })),
    'a channel in another Region': fail(deployed({ [HERE]: recorder({ AllSupported: true }, {}), [OTHER_REGION]: channel }), { message: /does not start/ }),
    'a channel in production only': fail(recorder({ AllSupported: true }, { Channel: { Type: 'AWS::Config::DeliveryChannel', Condition: 'IsProd' } }), { message: /IsProd is false/ }),
    'in another Region': unknown(deployed({ [HERE]: {}, [OTHER_REGION]: recorder({ AllSupported: true }) })),
  },
});

environmentVerdicts(globalResourcesRecorded, {
  pass: {
    'included': recorder({ AllSupported: true, IncludeGlobalResourceTypes: true }),
    'not excluded': recorder(exclusion('AWS::EC2::Volume')),
    'in another Region': deployed({ [HERE]: recorder({ AllSupported: true }), [OTHER_REGION]: recorder({ AllSupported: true, IncludeGlobalResourceTypes: 'true' }) }),
  },
  fail: {
    'nothing said': recorder(),
    'left out': recorder({ AllSupported: true, IncludeGlobalResourceTypes: false }),
    'excluded': recorder(exclusion('AWS::EC2::Volume', 'AWS::IAM::Role')),
  },
  unknown: { 'by parameter': recorder({ IncludeGlobalResourceTypes: P }), 'exclusions by parameter': recorder(exclusion(P)) },
  trap: {
    'exclusions without the strategy': fail(recorder({ AllSupported: true, ExclusionByResourceTypes: { ResourceTypes: [] } })),
    'in one branch': fail(recorder({ IncludeGlobalResourceTypes: ifProd(true, false) }), { message: /IsProd is false/ }),
  },
});

const rule = (EvaluationModes?: unknown) => subject('AWS::Config::ConfigRule')({ EvaluationModes });
environmentVerdicts(rulesPresent, {
  pass: {
    'a rule': rule(),
    'a rule for both': rule([{ Mode: 'PROACTIVE' }, { Mode: 'DETECTIVE' }]),
    'a conformance pack': subject('AWS::Config::ConformancePack')(),
    'a pack of the organization': subject('AWS::Config::OrganizationConformancePack')(),
    'a rule of the organization': subject('AWS::Config::OrganizationConfigRule')(),
  },
  fail: { 'asked before deployment only': rule([{ Mode: 'PROACTIVE' }]) },
  unknown: { 'by parameter': rule([{ Mode: P }]), 'by a macro': rule(MACRO) },
  trap: {
    'one of two judges what is there': pass({ ...rule([{ Mode: 'PROACTIVE' }]), Other: { Type: 'AWS::Config::ConfigRule' } }),
    'a recorder alone': unknown(recorder(), { message: /another system/ }),
    'in another Region': unknown(deployed({ [HERE]: {}, [OTHER_REGION]: rule() })),
  },
});

const aggregates = (properties: object) => subject('AWS::Config::ConfigurationAggregator')(properties);
environmentVerdicts(aggregator, {
  pass: {
    'of the organization': aggregates({ OrganizationAggregationSource: { RoleArn: 'arn', AllAwsRegions: true } }),
    'of accounts': aggregates({ AccountAggregationSources: [{ AccountIds: ['1'] }] }),
    'in another Region': deployed({ [HERE]: {}, [OTHER_REGION]: aggregates({ AccountAggregationSources: [{}] }) }),
  },
  fail: { 'no source': aggregates({}), 'an empty list': aggregates({ AccountAggregationSources: [] }) },
  unknown: { 'by a macro': aggregates({ AccountAggregationSources: MACRO }) },
  trap: { 'in one branch': fail(aggregates({ OrganizationAggregationSource: ifProd({ RoleArn: 'arn' }) })), 'an authorization only': unknown(caseOf({ A: { Type: 'AWS::Config::AggregationAuthorization' } })) },
});

const subjectOf = (properties: object): Case => caseOf({ Subject: { Type: 'AWS::Config::ConfigurationAggregator', Properties: properties } });

verdicts(aggregatorAllRegions, {
  pass: {
    'of the organization': subjectOf({ OrganizationAggregationSource: { RoleArn: 'arn', AllAwsRegions: 'true' } }),
    'of accounts': subjectOf({ AccountAggregationSources: [{ AccountIds: ['1'], AllAwsRegions: true }] }),
  },
  fail: {
    'some Regions': subjectOf({ OrganizationAggregationSource: { RoleArn: 'arn', AwsRegions: ['eu-west-1'] } }), 'no source': subjectOf({}),
    'off': subjectOf({ AccountAggregationSources: [{ AccountIds: ['1'], AllAwsRegions: false }] }),
  },
  unknown: { 'a parameter': subjectOf({ OrganizationAggregationSource: { AllAwsRegions: P } }) },
  trap: {
    'one of two sources': fail(subjectOf({ AccountAggregationSources: [{ AllAwsRegions: true }, { AwsRegions: ['eu-west-1'] }] })),
    'in one branch': fail(subjectOf({ OrganizationAggregationSource: { AllAwsRegions: ifProd(true, false) } }), { message: /when IsProd is false/ }),
  },
});
