import { P, setting, subject } from './cases';
import { fail, pass, verdicts } from './verdicts';
import { imdsV2, scanning, volumesEncrypted } from '../../src/rules/imagebuilder';

const PATH = 'ImageScanningConfiguration.ImageScanningEnabled';
verdicts(scanning, setting(subject('AWS::ImageBuilder::ImagePipeline'), PATH, {
  good: true,
  bad: false,
  fail: { 'an image': subject('AWS::ImageBuilder::Image')() },
  pass: { 'an image': subject('AWS::ImageBuilder::Image')({ ImageScanningConfiguration: { ImageScanningEnabled: true } }) },
}));
verdicts(imdsV2, setting(subject('AWS::ImageBuilder::InfrastructureConfiguration'), 'InstanceMetadataOptions.HttpTokens', { good: 'required', bad: 'optional' }));

const recipe = (...BlockDeviceMappings: unknown[]) => subject('AWS::ImageBuilder::ImageRecipe')({ BlockDeviceMappings });
verdicts(volumesEncrypted, {
  pass: { 'encrypted': recipe({ Ebs: { Encrypted: 'true' } }) },
  fail: { 'not': recipe({ Ebs: { Encrypted: false } }), 'not said': recipe({ Ebs: { VolumeSize: 8 } }) },
  unknown: { 'by parameter': recipe({ Ebs: { Encrypted: P } }) },
  notApplicable: { 'no mapping': recipe(), 'instance store only': recipe({ VirtualName: 'ephemeral0' }) },
  trap: { 'one of two': fail(recipe({ Ebs: { Encrypted: true } }, { Ebs: {} })), 'beside an instance store': pass(recipe({ VirtualName: 'ephemeral0' }, { Ebs: { Encrypted: true } })) },
});
