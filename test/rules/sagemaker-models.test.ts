import { at, ifProd, MACRO, P, presence, setting, subject } from './cases';
import { fail, notApplicable, pass, unknown, verdicts } from './verdicts';
import { endpointCustomerKey, endpointRedundant, jobTrafficEncrypted, modelInVpc, modelIsolated } from '../../src/rules/sagemaker-models';

const config = subject('AWS::SageMaker::EndpointConfig');
const model = subject('AWS::SageMaker::Model');
const serverless = { ServerlessConfig: { MaxConcurrency: 1, MemorySizeInMB: 1024 } };
const keyed = (InstanceType: unknown, more: object = {}) => config({ ProductionVariants: [{ InstanceType }], ...more });
const KEY = { KmsKeyId: 'arn:aws:kms:eu-west-1:111111111111:key/k' };

verdicts(endpointCustomerKey, {
  pass: { 'a key': keyed('ml.m5.large', KEY) },
  fail: { 'none': keyed('ml.m5.large'), 'an accelerator without a disk': keyed('ml.inf1.xlarge'), 'an older accelerator': keyed('ml.p3.2xlarge') },
  unknown: { 'the instance by parameter': keyed(P), 'the key by parameter': keyed('ml.c5.large', { KmsKeyId: P }) },
  notApplicable: {
    'serverless': config({ ProductionVariants: [serverless] }),
    ...Object.fromEntries(['ml.m5d.large', 'ml.g4dn.xlarge', 'ml.g5.xlarge', 'ml.g6e.xlarge', 'ml.p4d.24xlarge', 'ml.p5.48xlarge', 'ml.trn1.2xlarge', 'ml.c6gd.large'].map((type) => [type, keyed(type)])),
  },
  trap: {
    'one of two has a disk of its own': notApplicable(config({ ProductionVariants: [{ InstanceType: 'ml.m5.large' }, { InstanceType: 'ml.m5d.large' }] })),
    'a key whatever the instance': pass(keyed(P, KEY)),
    'in one branch': fail(keyed(ifProd('ml.m5d.large', 'ml.m5.large')), { message: /IsProd is false/ }),
  },
});

const variants = (...ProductionVariants: unknown[]) => config({ ProductionVariants });
const scaled = (Status: unknown, MinInstanceCount: unknown) => variants({ InitialInstanceCount: 2, ManagedInstanceScaling: { Status, MinInstanceCount, MaxInstanceCount: 4 } });

verdicts(endpointRedundant, {
  pass: { 'two': variants({ InitialInstanceCount: 2 }), 'as a text': variants({ InitialInstanceCount: '3' }), 'serverless': variants(serverless), 'scaled above': scaled('ENABLED', 2) },
  fail: { 'one': variants({ InitialInstanceCount: 1 }), 'one of two variants': variants({ InitialInstanceCount: 2 }, { InitialInstanceCount: 1 }), 'no number': variants({ InstanceType: 'ml.m5.large' }) },
  unknown: { 'by parameter': variants({ InitialInstanceCount: P }), 'scaling by parameter': scaled(P, 1) },
  notApplicable: { 'asynchronous': config({ AsyncInferenceConfig: { OutputConfig: {} }, ProductionVariants: [{ InitialInstanceCount: 1 }] }) },
  trap: {
    'scaled in to one': fail(scaled('ENABLED', 1)),
    'scaling is disabled': pass(scaled('DISABLED', 1)),
    'one in one branch': fail(variants({ InitialInstanceCount: ifProd(2, 1) }), { message: /IsProd is false/ }),
    'a shadow of one': pass(config({ ProductionVariants: [{ InitialInstanceCount: 2 }], ShadowProductionVariants: [{ InitialInstanceCount: 1 }] })),
  },
});
verdicts(modelIsolated, setting(model, 'EnableNetworkIsolation', { good: true, bad: false, trap: { 'a VPC is a network': fail(model({ VpcConfig: { Subnets: ['subnet-1'] } })) } }));
verdicts(modelInVpc, presence(model, 'VpcConfig.Subnets', { value: ['subnet-1'], trap: { 'security groups alone': fail(model({ VpcConfig: { SecurityGroupIds: ['sg-1'] } })) } }));

const quality = subject('AWS::SageMaker::DataQualityJobDefinition');
const job = (count: unknown, encrypts?: unknown) => quality({ ...at('JobResources.ClusterConfig.InstanceCount', count), ...encrypts === undefined ? {} : at('NetworkConfig.EnableInterContainerTrafficEncryption', encrypts) });
const processing = (encrypts: unknown) => subject('AWS::SageMaker::ProcessingJob')({ ...at('ProcessingResources.ClusterConfig.InstanceCount', 2), ...at('NetworkConfig.EnableInterContainerTrafficEncryption', encrypts) });
const schedule = (MonitoringScheduleConfig: object) => subject('AWS::SageMaker::MonitoringSchedule')({ MonitoringScheduleConfig });
const monitored = (definition: object) => schedule({ MonitoringJobDefinition: { ...at('MonitoringResources.ClusterConfig.InstanceCount', 2), ...definition } });

verdicts(jobTrafficEncrypted, {
  pass: {
    'on': job(2, true), 'on, as a text': job('2', 'true'), 'processing': processing(true), 'a schedule': monitored(at('NetworkConfig.EnableInterContainerTrafficEncryption', true)),
    ...Object.fromEntries(['ModelBias', 'ModelExplainability', 'ModelQuality'].map((kind) => [kind, subject(`AWS::SageMaker::${kind}JobDefinition`)({
      ...at('JobResources.ClusterConfig.InstanceCount', 2), ...at('NetworkConfig.EnableInterContainerTrafficEncryption', true),
    })])),
  },
  fail: { 'off': job(2, false), 'absent': job(3), 'processing': processing('false'), 'a schedule': monitored({}) },
  unknown: { 'by parameter': job(2, P), 'the number by parameter': job(P) },
  notApplicable: { 'one instance': job(1), 'a definition of its own': schedule({ MonitoringJobDefinitionName: 'd' }) },
  trap: {
    'on, whatever the number': pass(job(P, true)),
    'at the wrong level': fail(monitored({ EnableInterContainerTrafficEncryption: true })),
    'a macro decides': unknown(quality({ ...at('JobResources.ClusterConfig.InstanceCount', 2), NetworkConfig: MACRO })),
    'one instance in one branch': fail(job(ifProd(2, 1), false), { message: /IsProd is true/ }),
  },
});
